import { ref, watch } from 'vue'
import { session } from '@/session'

const notice = 3 * 60_000

/** Knows when the end of the session is near; every answer of the server puts it off. */
export function useSessionEnd() {
  const ending = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    () => session.endsAt,
    (end) => {
      clearTimeout(timer)
      const left = end - notice - Date.now()
      ending.value = end > 0 && left <= 0
      if (end > 0 && left > 0) timer = setTimeout(() => (ending.value = true), left)
    },
    { immediate: true },
  )
  return { ending }
}
