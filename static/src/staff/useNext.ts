import { useRoute, useRouter } from 'vue-router'
import type { Next } from './api/login'
import { home } from './router'
import { loadSession, session } from './session'

const pages = { totp: '/totp', enrol: '/totp/enrol', password: '/password' } as const

/** Leads from one step of the login to the next one; when one is in, to the page that was asked for. */
export function useNext() {
  const { query } = useRoute()
  const router = useRouter()
  return async (next: Next) => {
    if (next) return router.replace({ path: pages[next], query })
    session.me = session.ended = null
    await loadSession()
    return router.replace(typeof query.then === 'string' ? query.then : home())
  }
}
