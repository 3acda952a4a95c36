import { useRouter } from 'vue-router'
import { logout } from '@/api/login'
import { dropAllStashes } from '@/form/stash'
import { session } from '@/session'
import { forgetRoute } from './last-route'

/** 退出登录: the server ends the session, this device forgets where the student was. */
export function useLogout() {
  const router = useRouter()
  return async () => {
    await logout()
    forgetRoute()
    await dropAllStashes()
    session.me = null
    session.endsAt = 0
    if (session.school) session.school.logged_in = false
    await router.replace('/login')
  }
}
