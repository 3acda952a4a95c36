import { environment } from '@/environment'

const key = 'authorized-at'
const pause = 5 * 60_000

/** Visits WeChat's authorisation (snsapi_base, nothing to tap) once; a failed round is not repeated at once. */
export function authorize(address: string) {
  if (!address || !environment.kind.startsWith('wechat')) return
  if (Date.now() - Number(sessionStorage.getItem(key)) < pause) return
  sessionStorage.setItem(key, String(Date.now()))
  location.replace(address)
}
