const key = 'last-route'
const lifetime = 30 * 60_000

/** Phones kill the page while the camera app is open; this brings the student back to the same step. */
export function rememberRoute(path: string) {
  store(JSON.stringify({ path, at: Date.now() }))
}

export function forgetRoute() {
  store('')
}

/** The page last shown within half an hour, '' otherwise. */
export function lastRoute(): string {
  try {
    const { path, at } = JSON.parse(localStorage.getItem(key) || '{}')
    return Date.now() - at < lifetime ? path : ''
  } catch {
    return ''
  }
}

function store(value: string) {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Storage is switched off: the student starts again at the home page, nothing is lost.
  }
}
