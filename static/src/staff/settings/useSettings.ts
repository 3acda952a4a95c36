import { computed, onBeforeUnmount, reactive, ref, shallowRef } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { ApiError } from '@/api/client'
import { useAction } from '@/components/useAction'
import { changeSettings, fetchIntake, type Intake } from '../api/intakes'
import { say } from '../components/say'

/** Somebody else changed the page since it was read: who, when, and what of it meets what was typed here. */
export interface Conflict { by: string; at: number; keys: string[]; merged: string[] }

const inWindow = ['name', 'opens', 'closes']
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value))

/**
 * One page of an intake's settings: `read` takes its values out of an intake. What was typed stays whatever others do;
 * what only they changed is taken over, and where both did, the person chooses.
 */
export function useSettings<Draft extends object>(intake: Intake, section: string, read: (intake: Intake) => Draft) {
  const base = shallowRef(copy(read(intake)))
  const draft = reactive(copy(base.value)) as Draft
  const version = ref(intake.version)
  const conflict = shallowRef<Conflict | null>(null)
  const { busy, error, run } = useAction()
  const touched = () => (Object.keys(draft) as (keyof Draft)[]).filter((key) => !same(draft[key], base.value[key]))
  const dirty = computed(() => touched().length > 0)

  async function save() {
    const values = Object.fromEntries(touched().filter((key) => !inWindow.includes(String(key))).map((key) => [key, draft[key]]))
    const window = Object.fromEntries(inWindow.map((key) => [key, draft[key as keyof Draft]]))
    const saved = await run(async () => {
      try {
        take(await changeSettings(intake.id, section, { version: version.value, values, ...window }))
      } catch (failure) {
        if (!(failure instanceof ApiError) || failure.reason !== 'changed') throw failure
        meet(await fetchIntake(intake.id), failure)
      }
    })
    if (saved && !conflict.value) void say('已保存')
  }

  function take(next: Intake) {
    base.value = copy(read(next))
    version.value = next.version
    conflict.value = null
    Object.assign(draft, copy(base.value))
  }

  function meet(next: Intake, failure: ApiError) {
    const theirs = copy(read(next))
    const changed = (Object.keys(theirs) as (keyof Draft)[]).filter((key) => !same(theirs[key], base.value[key]))
    const both = changed.filter((key) => !same(draft[key], base.value[key]) && !same(draft[key], theirs[key]))
    const merged = changed.filter((key) => !both.includes(key))
    for (const key of merged) draft[key] = copy(theirs[key])
    base.value = theirs
    version.value = next.version
    conflict.value = { by: String(failure.data.by ?? ''), at: Number(failure.data.at ?? 0), keys: both.map(String), merged: merged.map(String) }
  }

  /** Takes the other's value of a setting instead of one's own. */
  function yieldTo(key: string) {
    const name = key as keyof Draft
    draft[name] = copy(base.value[name])
  }

  function undo() {
    Object.assign(draft, copy(base.value))
    conflict.value = null
    error.value = null
  }

  guard(dirty)
  return reactive({ draft, base, dirty, conflict, busy, error, save, undo, yieldTo, names: intake.names })
}

/** Asks before a page is left with what is not saved. */
export function guard(dirty: { value: boolean }) {
  const ask = () => !dirty.value || confirm('有修改还没有保存，确定离开吗？')
  onBeforeRouteLeave(ask)
  onBeforeRouteUpdate(ask)
  const warn = (event: BeforeUnloadEvent) => dirty.value && event.preventDefault()
  addEventListener('beforeunload', warn)
  onBeforeUnmount(() => removeEventListener('beforeunload', warn))
}

export type SettingsForm = Pick<ReturnType<typeof useSettings<object>>, 'dirty' | 'conflict' | 'busy' | 'error' | 'save' | 'undo' | 'yieldTo' | 'names'> & { draft: object; base: object }
