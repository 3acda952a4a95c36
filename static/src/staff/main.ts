import { createApp } from 'vue'
import { shell } from './api/client'
import App from './App.vue'
import { loginFirst, router } from './router'
import { session } from './session'
import './styles.css'

shell.ended = (why) => {
  session.me = null
  const { meta, matched } = router.currentRoute.value
  if (matched.length === 0 || meta.public) return
  session.ended = why
  void router.replace(loginFirst(router.currentRoute.value))
}

const app = createApp(App).use(router)
router.isReady().finally(() => app.mount('#app'))
