import { onBeforeUnmount, reactive, ref, shallowRef, watch } from 'vue'
import { ApiError } from '@/api/client'
import { claimReview, decideReview, fetchQueue, openReview, releaseReview, type OpenReview, type ReviewItem, type ReviewQueue, type Verdict } from './api/review'
import { say } from './components/say'
import { useAction } from './components/useAction'

const outcomes = { first: '初审意见已记录', decided: '已处理', asked: '已提请第二位老师复核' }
/** The claim lasts ten minutes; while the item is open it is renewed well before. */
const renewEvery = 4 * 60_000

/** The desk: the queue by due time, one item open and claimed, the next one fetched ahead. */
export function useReview(kind: () => string) {
  const filter = reactive({ point: '', program: '', stage: '' })
  const queue = shallowRef<ReviewQueue | null>(null)
  const rows = shallowRef<ReviewItem[]>([])
  const item = shallowRef<OpenReview | null>(null)
  const taken = ref('')
  const list = useAction()
  const opening = useAction()
  const act = useAction()
  const ahead = new Map<string, Promise<OpenReview>>()
  const key = (i: { kind: string; id: string }) => `${i.kind}/${i.id}`

  const load = (after = '') =>
    list.run(async () => {
      queue.value = await fetchQueue({ ...filter, kind: kind(), after })
      rows.value = after ? rows.value.concat(queue.value.rows) : queue.value.rows
    })

  async function open(next: ReviewItem | undefined) {
    const before = item.value
    item.value = null
    taken.value = ''
    if (before) void releaseReview(before).catch(() => undefined)
    if (!next) return
    await opening.run(async () => {
      await claimReview(next).catch((error: ApiError) => {
        if (error.reason !== 'review_claimed') throw error
        taken.value = error.message
      })
      item.value = await (ahead.get(key(next)) ?? openReview(next))
      ahead.delete(key(next))
    })
    const following = rows.value[rows.value.findIndex((row) => key(row) === key(next)) + 1]
    if (following && !ahead.has(key(following))) ahead.set(key(following), openReview(following).catch((e) => (ahead.delete(key(following)), Promise.reject(e))))
    ahead.get(following ? key(following) : '')?.catch(() => undefined)
  }

  function step(by: number) {
    const here = item.value ? rows.value.findIndex((row) => key(row) === key(item.value!)) : -1
    const to = rows.value[Math.max(0, Math.min(rows.value.length - 1, here + by))]
    if (to && (!item.value || key(to) !== key(item.value))) void open(to)
  }

  /** Decides on what was seen; then the next item opens. What has changed is shown anew. */
  async function decide(verdict: Omit<Verdict, 'kind' | 'id' | 'version'>) {
    const now = item.value!
    try {
      const { outcome } = await decideReview({ kind: now.kind, id: now.id, version: now.version, ...verdict })
      void say(outcomes[outcome])
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'review_changed') {
        ahead.clear()
        item.value = await openReview(now)
      }
      if (error instanceof ApiError && error.reason === 'review_decided') void load()
      throw error
    }
    const index = rows.value.findIndex((row) => key(row) === key(now))
    rows.value = rows.value.filter((row) => key(row) !== key(now))
    item.value = null
    void open(rows.value[Math.min(index, rows.value.length - 1)])
    if (rows.value.length === 0) void load()
  }

  const timer = window.setInterval(() => {
    if (item.value && !taken.value) void claimReview(item.value).catch((error: ApiError) => (taken.value = error.message))
  }, renewEvery)
  onBeforeUnmount(() => {
    clearInterval(timer)
    if (item.value) void releaseReview(item.value).catch(() => undefined)
  })
  watch([() => ({ ...filter }), kind], () => (ahead.clear(), void open(undefined), void load()))
  void load()
  return { filter, queue, rows, item, taken, list, opening, act, load, open, step, decide }
}
