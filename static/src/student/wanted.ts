import type { RouteLocationNormalized } from 'vue-router'

/** The page from which a student without a session was sent to the login; '' if none. */
export function wanted(login: Pick<RouteLocationNormalized, 'query'>): string {
  const { then } = login.query
  return typeof then === 'string' && then.startsWith('/') ? then : ''
}
