import { computed, onBeforeUnmount, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { ApiError } from '@/api/client'
import { fetchHanded, leaveHandoff, openHandoff, type Handed } from '@/api/handoff'
import { useAction } from '@/components/useAction'

const pause = 3000

/** The phone's side of a handoff (手机继续办理): connecting by the code's token, doing the job, and hearing of the PC. */
export function useHanded() {
  const route = useRoute()
  const router = useRouter()
  const handed = shallowRef<Handed | null>(null)
  const opening = useAction()
  const { busy, error, run } = useAction()
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  const working = computed(() => handed.value?.handoff.state === 'connected')

  /** A page that the camera has killed comes back without the token: its session knows the job. */
  async function open() {
    const token = String(route.query.t ?? '')
    await opening.run(async () => {
      handed.value = token ? await openHandoff(token) : await fetchHanded()
      if (token) await router.replace('/handoff')
    })
    wait()
  }

  function wait() {
    clearTimeout(timer)
    if (working.value && !left) timer = setTimeout(ask, pause)
  }

  async function ask() {
    try {
      const now = await fetchHanded()
      if (working.value && !busy.value) handed.value = now
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      if (failure.reason === 'handoff_over') return over(failure)
    }
    wait()
  }

  /** The PC has logged out, or shows another code: nothing is left to do here. */
  function over(failure: ApiError) {
    handed.value = null
    opening.error.value = failure
  }

  /** One act of the job; answers whether it went through. */
  async function act(doing: () => Promise<Handed>): Promise<boolean> {
    const went = await run(async () => (handed.value = await doing()))
    if (error.value?.reason === 'handoff_over') over(error.value)
    return went
  }

  onBeforeUnmount(() => {
    left = true
    clearTimeout(timer)
  })
  void open()

  return { handed, working, opening: opening.busy, refused: opening.error, open, busy, error, act, leave: () => act(leaveHandoff) }
}

/** What the components of the three jobs need. */
export type Act = ReturnType<typeof useHanded>['act']
