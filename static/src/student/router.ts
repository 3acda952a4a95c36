import { createRouter, createWebHashHistory, type RouteLocationNormalized } from 'vue-router'
import { ApiError, unreachable } from '@/api/client'
import type { Me } from '@/api/me'
import { loadMe, loadSchool, session } from '@/session'
import { lastRoute, rememberRoute } from './last-route'
import { loaded, reloadOnce } from './reload-once'
import { routes } from './routes'
import { wanted } from './wanted'

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [{ path: '/', redirect: () => '/login', meta: { title: '' } }, ...routes],
  scrollBehavior: (_to, _from, saved) => saved ?? { left: 0, top: 0 },
})

router.beforeEach(async (to) => {
  try {
    session.failure = null
    const school = await loadSchool()
    if (to.path === '/login' && school.logged_in) return wanted(to) || lastRoute() || '/home'
    if (!to.meta.public && !school.logged_in) return loginFirst(to)
    if (school.logged_in && !session.me) await loadMe()
    if (!to.meta.public) return allow(to, session.me!)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === 401) return to.meta.public ? undefined : loginFirst(to)
    session.failure = error
  }
})

function loginFirst(to: RouteLocationNormalized) {
  return { path: '/login', query: { then: to.fullPath } }
}

/** Where a student who asks for `to` really goes: the choice first, and no step before its time. */
function allow(to: RouteLocationNormalized, me: Me): string | undefined {
  if (me.choices && to.path !== '/choose') return '/choose'
  if (to.path !== me.next && me.steps.some((step) => step.route === to.path && step.state === 'locked')) return '/home'
}

router.afterEach((to, from) => {
  loaded()
  document.title = to.meta.title
  if (!to.meta.public) rememberRoute(to.fullPath)
  if (from.matched.length > 0) announcePage()
})

router.onError(async (error, to) => {
  if (!/dynamically imported module|module script|preload/i.test(String(error))) throw error
  if (!(await reloadOnce(to.fullPath))) session.failure = unreachable(false)
})

/** Parts that no route asks for, such as the list of places; a route's own error comes first and knows where to. */
addEventListener('vite:preloadError', () => setTimeout(() => void reloadOnce(router.currentRoute.value.fullPath)))

/** Screen readers hear where they are; the keyboard starts at the page's heading. */
function announcePage() {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }))
}
