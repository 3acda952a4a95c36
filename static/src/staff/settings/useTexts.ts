import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '@/api/client'
import { useAction } from '@/components/useAction'
import { changeText, fetchTexts, type StaffText } from '../api/intakes'
import { say } from '../components/say'
import { differences } from './difference'
import { guard } from './useSettings'

/** The texts of an intake, one of them being written; what another saved meanwhile is shown beside it. */
export function useTexts(intake: string, kind: Ref<string>) {
  const texts = ref<StaffText[]>([])
  const draft = ref<StaffText>()
  const theirs = shallowRef<StaffText>()
  const { busy, error, run } = useAction()
  const kept = computed(() => texts.value.find((text) => text.kind === kind.value))
  const dirty = computed(() => !!draft.value && (draft.value.title !== kept.value?.title || draft.value.body !== kept.value?.body))
  const lines = (text?: StaffText) => [text?.title ?? '', ...(text?.body ?? '').split('\n')]
  const differing = computed(() => (theirs.value ? differences(lines(draft.value), lines(theirs.value)) : []))

  const fetchAll = async () => (texts.value = (await fetchTexts(intake)).texts)
  const load = () => run(async () => {
    await fetchAll()
    undo()
  })

  async function save() {
    const saved = await run(async () => {
      try {
        await changeText(intake, draft.value!)
        await fetchAll()
        undo()
      } catch (failure) {
        if (!(failure instanceof ApiError) || failure.reason !== 'changed') throw failure
        await fetchAll()
        theirs.value = kept.value
        draft.value!.version = kept.value!.version
      }
    })
    if (saved && !theirs.value) void say('已保存，学生现在看到的就是这一版')
  }

  function undo() {
    draft.value = kept.value && { ...kept.value }
    theirs.value = undefined
    error.value = null
  }

  watch(kind, undo)
  guard(dirty)
  void load()
  return { texts, draft, kept, theirs, dirty, busy, error, differing, load, save, undo, takeTheirs: undo }
}
