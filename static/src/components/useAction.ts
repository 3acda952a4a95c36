import { ref, shallowRef } from 'vue'
import { ApiError } from '@/api/client'

/**
 * One action behind a button: `busy` while it runs (a second tap does nothing), `error` when the server refused.
 * `run` answers whether it went through.
 */
export function useAction() {
  const busy = ref(false)
  const error = shallowRef<ApiError | null>(null)

  async function run(action: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = null
    try {
      await action()
      return true
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      error.value = failure
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, error, run }
}
