import { createApp } from 'vue'
import { hooks } from '@/api/client'
import { environment } from '@/environment'
import { session } from '@/session'
import '@/styles.css'
import App from './App.vue'
import { router } from './router'

if (environment.kind === 'unsupported') location.replace('/unsupported.html')

hooks.sessionLeft = (seconds) => (session.endsAt = Date.now() + seconds * 1000)

hooks.loginRequired = () => {
  session.me = null
  session.endsAt = 0
  if (session.school) session.school.logged_in = false
  const { fullPath, meta, matched } = router.currentRoute.value
  if (matched.length > 0 && !meta.public) router.replace({ path: '/login', query: { then: fullPath } })
}

// WeChat shows a page from its memory when the student comes back: its state may be hours old.
addEventListener('pageshow', (event) => event.persisted && location.reload())

// Until the first page is known, the words in index.html stay on the screen.
const app = createApp(App).use(router)
router.isReady().finally(() => app.mount('#app'))

// What nobody came back for is thrown away, once the page stands.
setTimeout(() => void import('@/form/stash').then(({ dropExpired }) => dropExpired(), () => undefined), 5000)
