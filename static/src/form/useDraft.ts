import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { ApiError } from '@/api/client'
import { fetchSection, saveSection, type Content, type NewerDraft, type Problem, type Section, type SectionKey, type Saved } from '@/api/form'
import { frozen } from './content'
import { dropStash, stash, unstash } from './stash'

const pauseAfterKey = 800
const pauseBeforeRetry = 10_000

/** Where a draft is read and kept: the student's own, or at the counter. */
export interface DraftSource {
  fetch: (section: SectionKey) => Promise<Section>
  save: (section: SectionKey, version: number, content: Content, force: boolean) => Promise<Saved>
}

/** Whether the words are safe: `retrying` after a failure that may pass, `local` where only the student can go on. */
export type DraftState = 'saved' | 'waiting' | 'saving' | 'retrying' | 'local'

/**
 * The draft of one section, saving itself: 800 ms after the last key, when the page is left or hidden, and again
 * until it succeeds. Words that are not saved yet stay on this device. A newer draft of another device stops the
 * saving until the student chose between the two.
 */
export function useDraft(section: SectionKey, owner: string, source: DraftSource = { fetch: fetchSection, save: saveSection }) {
  const content = ref<Content>({})
  const problems = ref<Problem[]>([])
  const savedAt = ref(0)
  const state = ref<DraftState>('saved')
  const newer = shallowRef<NewerDraft | null>(null)
  /** Why the server will not keep these words, however often they are sent. */
  const failure = shallowRef<ApiError | null>(null)
  let version = 0
  let settled = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let ended = false

  async function load() {
    const draft = await source.fetch(section)
    problems.value = draft.problems
    take(draft)
    const kept = await unstash(section, owner)
    if (!kept || frozen(kept.content) === settled) return dropStash(section)
    content.value = kept.content
    if (kept.version !== draft.version) newer.value = draft
  }

  function take(draft: Pick<NewerDraft, 'version' | 'saved_at' | 'content'>) {
    version = draft.version
    savedAt.value = draft.saved_at
    content.value = draft.content
    settled = frozen(draft.content)
    state.value = 'saved'
  }

  function changed() {
    if (frozen(content.value) === settled || ended) return
    if (state.value === 'saved') state.value = 'waiting'
    void stash(section, owner, { version, content: JSON.parse(frozen(content.value)) })
    again(pauseAfterKey)
  }

  function again(pause: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), pause)
  }

  /** Saves now what is not saved yet; `force` puts it over a newer draft. One save runs at a time. */
  async function save(force = false): Promise<void> {
    clearTimeout(timer)
    await running
    if (ended || newer.value || (frozen(content.value) === settled && version > 0)) return
    running = send(force).finally(() => (running = undefined))
    await running
  }

  async function send(force: boolean) {
    const sent = frozen(content.value)
    if (state.value !== 'retrying') state.value = 'saving'
    failure.value = null
    try {
      const saved = await source.save(section, version, JSON.parse(sent), force)
      version = saved.version
      savedAt.value = saved.saved_at
      problems.value = saved.problems
      settled = sent
      state.value = 'saved'
      if (frozen(content.value) === sent) dropStash(section)
      else changed()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      refused(error)
    }
  }

  function refused(error: ApiError) {
    state.value = 'local'
    if (error.reason === 'draft_conflict') newer.value = error.data as unknown as NewerDraft
    else if (error.status === 401) ended = true
    else if (error.status === 0 || error.status === 429 || error.status >= 500) {
      state.value = 'retrying'
      again(pauseBeforeRetry)
    }
    else failure.value = error
  }

  /** 用较新的 */
  function takeNewer() {
    const draft = newer.value!
    newer.value = null
    dropStash(section)
    take(draft)
  }

  /** 用这里的 */
  async function keepMine() {
    version = newer.value!.version
    newer.value = null
    await save(true)
  }

  const hide = () => document.visibilityState === 'hidden' && void save()
  const leave = () => void save()
  document.addEventListener('visibilitychange', hide)
  addEventListener('pagehide', leave)
  addEventListener('online', leave)
  watch(content, changed, { deep: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', hide)
    removeEventListener('pagehide', leave)
    removeEventListener('online', leave)
  })

  return { content, problems, savedAt, state, newer, failure, load, save, takeNewer, keepMine }
}
