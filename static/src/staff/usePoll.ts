import { onBeforeUnmount, ref, shallowRef, type Ref } from 'vue'
import { ApiError } from '@/api/client'

/**
 * What a page shows and reads again by itself: at once, then every so many seconds while somebody sees the page.
 * A failure keeps what was read last, and says so in `error`; the next round may heal it.
 */
export function usePoll<T>(fetch: () => Promise<T>, seconds: number) {
  const data = ref(null) as Ref<T | null>
  const error = shallowRef<ApiError | null>(null)
  let timer = 0
  let round = 0

  async function look() {
    clearTimeout(timer)
    const mine = ++round
    try {
      const read = await fetch()
      if (mine !== round) return
      data.value = read
      error.value = null
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      if (mine !== round) return
      error.value = failure
      if (failure.status === 401) return
    }
    timer = window.setTimeout(() => !document.hidden && void look(), seconds * 1000)
  }
  const seen = () => !document.hidden && void look()
  document.addEventListener('visibilitychange', seen)
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', seen)
    clearTimeout(timer)
    round++
  })
  void look()
  return { data, error, reload: look }
}
