import type { Content } from '@/api/form'

/** What could not be saved yet, with the version that it was written over. */
export interface Stashed {
  version: number
  content: Content
  /** When it was kept. */
  at?: number
}

/** Words that nobody came back for are not kept any longer. */
const lifetime = 24 * 3_600_000

const prefix = 'unsaved:'
const keyStore = { database: 'xinsheng', table: 'keys', name: 'drafts' }

/** Where a browser offers no encryption, unsaved words live as long as the page only. */
const memory = new Map<string, Stashed>()

/**
 * Keeps unsaved words on this device, sealed for this one student; no server is needed. They outlive a page that the
 * phone kills while the camera is open.
 */
export async function stash(section: string, owner: string, words: Stashed) {
  const draft = { ...words, at: Date.now() }
  memory.set(section, draft)
  const key = await sessionKey()
  if (!key) return
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt(seal(iv, section, owner), key, new TextEncoder().encode(JSON.stringify(draft)))
  // The words may have reached the server while they were being sealed.
  if (memory.get(section) === draft) write(prefix + section, [encode(iv), encode(new Uint8Array(sealed)), draft.at].join('.'))
}

/** The words of this student that were left unsaved; those of another one do not open and are thrown away. */
export async function unstash(section: string, owner: string): Promise<Stashed | undefined> {
  const kept = read(prefix + section)
  const key = kept && (await sessionKey())
  if (!kept || !key) return undefined
  try {
    const [iv, sealed] = kept.split('.').slice(0, 2).map(decode) as [Bytes, Bytes]
    const plain = await crypto.subtle.decrypt(seal(iv, section, owner), key, sealed)
    const draft = JSON.parse(new TextDecoder().decode(plain)) as Stashed
    if (Date.now() - (draft.at ?? 0) < lifetime) return draft
  } catch {
    // Not this student's, or not whole.
  }
  dropStash(section)
  return undefined
}

/** The words have reached the server. */
export function dropStash(section: string) {
  memory.delete(section)
  write(prefix + section, '')
}

/** Words that nobody came back for in time go, whoever's they are; their time stands beside the seal. */
export function dropExpired() {
  for (const name of stashNames()) if (!(Date.now() - Number(read(name).split('.')[2]) < lifetime)) write(name, '')
}

/** At logout nothing stays, not even the key. */
export async function dropAllStashes() {
  memory.clear()
  for (const name of stashNames()) write(name, '')
  await inKeys('readwrite', (table) => table.delete(keyStore.name)).catch(() => undefined)
}

type Bytes = Uint8Array<ArrayBuffer>

const seal = (iv: Bytes, section: string, owner: string) => ({
  name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${section}|${owner}`),
})

/** One key for this browser; it cannot be taken out of it, and goes at logout. */
async function sessionKey(): Promise<CryptoKey | undefined> {
  try {
    const kept = await inKeys('readonly', (table) => table.get(keyStore.name))
    if (kept) return kept as CryptoKey
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    await inKeys('readwrite', (table) => table.put(made, keyStore.name))
    return made
  } catch {
    return undefined
  }
}

function inKeys(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(keyStore.database, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(keyStore.table)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const request = act(database.transaction(keyStore.table, mode).objectStore(keyStore.table))
      request.onerror = () => reject(request.error)
      request.onsuccess = () => resolve(request.result)
      request.transaction!.oncomplete = () => database.close()
    }
  })
}

const encode = (bytes: Bytes) => btoa(String.fromCharCode(...bytes))
const decode = (text: string): Bytes => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

function stashNames(): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix))
  } catch {
    return []
  }
}

function read(name: string): string {
  try {
    return localStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}

function write(name: string, value: string) {
  try {
    if (value) localStorage.setItem(name, value)
    else localStorage.removeItem(name)
  } catch {
    // Storage is switched off: the words stay in memory.
  }
}
