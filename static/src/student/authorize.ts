import { environment } from '@/environment'

const key = 'authorized-at'
const pause = 5 * 60_000

/** Visits WeChat's authorisation (snsapi_base, nothing to tap) once; a failed round is not repeated at once. */
export function authorize(address: string) {
  // A phone that was handed a job needs no identity of its own.
  if (!address || !environment.kind.startsWith('wechat') || /^#\/handoff/.test(location.hash)) return
  if (!mayTry()) return
  // A payer comes back to the link, not to the student's login.
  const link = /^#\/pay-for\?t=(\w+)$/.exec(location.hash)
  location.replace(link ? `/p/${link[1]}` : address)
}

/** Where nothing can be remembered, nobody could stop a failing round from going on for ever. */
function mayTry(): boolean {
  try {
    if (Date.now() - Number(sessionStorage.getItem(key)) < pause) return false
    sessionStorage.setItem(key, String(Date.now()))
    return true
  } catch {
    return false
  }
}
