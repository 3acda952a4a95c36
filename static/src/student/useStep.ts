import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Me } from '@/api/me'
import { session } from '@/session'

/** Moving along the student's steps as the server counts them. */
export function useStep() {
  const route = useRoute()
  const router = useRouter()

  /** The route behind 上一步; the home page before the first step. */
  const previous = computed(() => {
    const steps = session.me?.steps ?? []
    const here = steps.findIndex((step) => step.route === route.path)
    return steps[here - 1]?.route ?? '/home'
  })

  /** Keeps the state that a step answered and goes to the step after it. */
  function advance(me: Me) {
    session.me = me
    return router.push(me.next || '/home')
  }

  return { previous, advance }
}
