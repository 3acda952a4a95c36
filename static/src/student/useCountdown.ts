import { onScopeDispose, ref } from 'vue'

/** Seconds that count down to 0 by the clock, so that a sleeping phone does not stretch them. */
export function useCountdown() {
  const left = ref(0)
  let end = 0
  let timer: ReturnType<typeof setInterval> | undefined

  function tick() {
    left.value = Math.max(0, Math.ceil((end - Date.now()) / 1000))
    if (left.value === 0) clearInterval(timer)
  }

  function start(seconds: number) {
    clearInterval(timer)
    end = Date.now() + seconds * 1000
    timer = setInterval(tick, 500)
    tick()
  }

  onScopeDispose(() => clearInterval(timer))
  return { left, start }
}
