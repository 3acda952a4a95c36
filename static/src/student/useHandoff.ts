import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { ApiError } from '@/api/client'
import { beginHandoff, cancelHandoff, fetchHandoff, type Handoff, type HandoffCode, type HandoffJob } from '@/api/handoff'
import { useAction } from '@/components/useAction'
import { useCountdown } from './useCountdown'

const pause = 2000

/** What the page does once the phone is done, and each time a file has come. */
export interface Continue {
  done: () => Promise<unknown>
  received?: () => Promise<unknown>
}

/** Handing one job of a page at a PC to a phone (手机继续办理): the code, how far the phone is, and what follows. */
export function useHandoff(job: HandoffJob, target: () => string, go: Continue) {
  const code = shallowRef<HandoffCode | null>(null)
  const handoff = shallowRef<Handoff | null>(null)
  const told = ref('')
  const { busy, error, run } = useAction()
  const countdown = useCountdown()
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  /** A phone may still come, or is at work. */
  const live = computed(() => handoff.value?.state === 'waiting' || handoff.value?.state === 'connected')

  /** Makes the code, or another one (换一个): the former one ends. */
  async function open() {
    clearTimeout(timer)
    told.value = ''
    await run(async () => {
      code.value = await beginHandoff(job, target())
      see(code.value.handoff)
    })
    wait()
  }

  function see(now: Handoff) {
    const before = handoff.value
    handoff.value = now
    if (before?.state !== now.state || before.id !== now.id) countdown.start(now.expires_in)
  }

  function wait() {
    clearTimeout(timer)
    if (live.value && !left) timer = setTimeout(ask, pause)
  }

  async function ask() {
    const before = handoff.value
    try {
      const now = await fetchHandoff()
      if (left || !live.value) return
      if (now.id !== before?.id) return end('已打开新的二维码，这里的已失效。')
      see(now)
      if (now.files > before.files) await go.received?.()
      if (now.state === 'done') return await finish()
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      if (failure.reason === 'handoff_over') return end('本次手机办理已经结束。')
      // A lost answer says nothing: ask again.
    }
    wait()
  }

  /** Goes on with what the phone has done; what failed can be tried again. */
  const finish = () => run(go.done)

  function end(words = '') {
    clearTimeout(timer)
    code.value = handoff.value = null
    told.value = words
  }

  async function cancel() {
    if (await run(cancelHandoff)) end()
  }

  onBeforeUnmount(() => {
    left = true
    clearTimeout(timer)
    // Nobody waits for the phone any more; should this not arrive, the code ends by its time.
    if (live.value) void cancelHandoff().catch(() => {})
  })

  return { code, handoff, live, told, left: countdown.left, busy, error, open, cancel, close: () => end(), finish }
}
