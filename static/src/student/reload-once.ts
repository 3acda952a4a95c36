import { fetchSchool } from '@/api/school'

const key = 'reloaded-for'
let running: Promise<boolean> | undefined

/**
 * A part of the pages did not load. After a new deployment the old parts are gone, and loading everything anew helps,
 * once; with no net it would only make things worse. False when it was not done.
 */
export function reloadOnce(path: string): Promise<boolean> {
  return (running ??= reload(path).finally(() => (running = undefined)))
}

/** A page has loaded: the next deployment may have its own reload. */
export function loaded() {
  sessionStorage.removeItem(key)
}

async function reload(path: string): Promise<boolean> {
  if (sessionStorage.getItem(key) === path) return false
  try {
    await fetchSchool()
  } catch {
    return false
  }
  sessionStorage.setItem(key, path)
  location.hash = path
  location.reload()
  return true
}
