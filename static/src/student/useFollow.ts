import { onBeforeUnmount, onMounted, ref } from 'vue'
import { fetchFollowing, offerFollow, type FollowCode } from '@/api/follow'

const every = 4000

/** The code by which a student follows the account, renewed before it ends, until somebody has scanned it. */
export function useFollow() {
  const code = ref<FollowCode | null>(null)
  /** It was scanned while the page stood open. */
  const done = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look() {
    const hidden = document.visibilityState === 'hidden'
    // A page that cannot show the code is good without it; it tries again later.
    const state = hidden ? 'unknown' : await fetchFollowing().then((answer) => answer.state, () => 'unknown')
    if (state === 'following') {
      done.value = code.value !== null
      return
    }
    if (state === 'not_following' && (code.value?.expires_at ?? 0) < Date.now() + 30_000) code.value = await offerFollow().catch(() => null)
    if (code.value || hidden) timer = setTimeout(look, every)
  }

  onMounted(look)
  onBeforeUnmount(() => clearTimeout(timer))
  return { code, done }
}
