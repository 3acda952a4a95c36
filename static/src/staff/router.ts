import { createRouter, createWebHashHistory, type RouteLocationNormalized } from 'vue-router'
import { ApiError, unreachable } from '@/api/client'
import { routes } from './routes'
import { loadSession, may, session } from './session'

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [{ path: '/:rest(.*)', name: 'start', component: { render: () => null }, meta: { title: '' } }, ...routes],
  scrollBehavior: (_to, _from, saved) => saved ?? { left: 0, top: 0 },
})

/** The pages of the left menu that the person may open. */
export const menuPages = () => routes.filter(({ meta }) => meta?.group && meta.may && may(meta.may))

/** The first page of the menu: where one starts, and comes back to from a page that is not for one. */
export const home = () => menuPages()[0]?.path ?? '/me'

router.beforeEach(async (to) => {
  if (to.meta.public) return
  try {
    session.failure = null
    await loadSession()
    if (to.name === 'start' || (to.meta.may && !may(to.meta.may))) return home()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === 401) return loginFirst(to)
    session.failure = error
  }
})

export function loginFirst(to: RouteLocationNormalized) {
  return { path: '/login', query: to.name === 'start' ? {} : { then: to.fullPath } }
}

router.afterEach((to, from) => {
  document.title = `${to.meta.title} · 新生注册管理`
  if (from.matched.length > 0) requestAnimationFrame(() => document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }))
})

/** After a new deployment the old chunks are gone: load the new pages once, then blame the network. */
router.onError((error, to) => {
  if (!/dynamically imported module|module script|preload/i.test(String(error))) throw error
  if (sessionStorage.getItem('reloaded-for') === to.fullPath) {
    session.failure = unreachable(false)
    return
  }
  sessionStorage.setItem('reloaded-for', to.fullPath)
  location.hash = to.fullPath
  location.reload()
})
