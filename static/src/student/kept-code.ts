/** A login's code on its way. Nothing of the person stays on the device but the end of the phone number. */
export interface KeptCode { challenge: string; message: string; tail: string; until: number }

const key = 'code-asked'

/** The phone may kill the page while the SMS is being read: the code can still be typed in, as long as it lives. */
export function keepCode(code: KeptCode) {
  store((storage) => storage.setItem(key, JSON.stringify(code)))
}

/** The code that was asked for on this device, while it lives; a dead one is forgotten. */
export function keptCode(): KeptCode | null {
  const code = store((storage) => JSON.parse(storage.getItem(key) || 'null')) as KeptCode | null
  return code && code.until > Date.now() ? code : dropCode()
}

export function dropCode() {
  store((storage) => storage.removeItem(key))
  return null
}

/** Where storage is switched off, nothing is kept. */
function store(act: (storage: Storage) => unknown) {
  try {
    return act(localStorage)
  } catch {
    return null
  }
}
