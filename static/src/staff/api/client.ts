import * as site from '@/api/client'
import { upload as send } from '@/api/upload'

export { ApiError } from '@/api/client'

interface Shell {
  /** Asks for password and authenticator once more; false where the person would not. */
  confirm: () => Promise<boolean>
  /** The session is over, and why: too long idle, or a login elsewhere. */
  ended: (why: site.ApiError) => void
}

/** What the shell does for all requests; main.ts and App.vue put it here. */
export const shell: Shell = { confirm: async () => false, ended: () => {} }

export const get = <T>(path: string) => confirmed(() => site.get<T>('/staff' + path))
/** A get that the page asks by itself again and again: it keeps no idle session alive. */
export const poll = <T>(path: string) => confirmed(() => glance<T>(path))
export const post = <T>(path: string, body: unknown = {}) => confirmed(() => site.post<T>('/staff' + path, body))
export const put = <T>(path: string, body: unknown = {}) => confirmed(() => site.put<T>('/staff' + path, body))
export const remove = <T>(path: string) => confirmed(() => site.remove<T>('/staff' + path))

/** Sends one file as multipart; `progress` is told the share sent (0–1). */
export const upload = <T>(path: string, field: string, file: Blob, progress?: (share: number) => void) =>
  confirmed(() => send<T>('/staff' + path, field, file, progress))

/** Where a file or picture lies, for links and <img>. */
export const fileURL = (path: string) => '/api/staff' + path

/** Fetches a file and hands it to the browser to keep, under the name that the server gives it. */
export const download = (path: string, body?: unknown) => confirmed(() => keep(path, body))

/** What asks for password and TOTP anew is asked again once both were proven. */
async function confirmed<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    if (error instanceof site.ApiError && error.status === 401) shell.ended(error)
    if (!(error instanceof site.ApiError) || error.reason !== 'confirm_again') throw error
    if (!(await shell.confirm())) throw error
    return request()
  }
}

async function glance<T>(path: string): Promise<T> {
  const response = await fetch(fileURL(path), { headers: { 'X-Poll': '1' } }).catch(() => {
    throw site.unreachable(false)
  })
  return site.readAnswer<T>(response.status, await response.text())
}

async function keep(path: string, body?: unknown): Promise<void> {
  const write = body !== undefined
  const response = await fetch(fileURL(path), {
    method: write ? 'POST' : 'GET',
    headers: write ? { ...site.writeHeaders, 'Content-Type': 'application/json' } : {},
    body: write ? JSON.stringify(body) : undefined,
  }).catch(() => {
    throw site.unreachable(false)
  })
  if (!response.ok) return site.readAnswer(response.status, await response.text())
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = nameOf(response.headers.get('Content-Disposition') ?? '')
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The name in `attachment; filename*=UTF-8''%E5%90%8D.xlsx` or `filename="x.xlsx"`. */
export function nameOf(disposition: string): string {
  const encoded = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(disposition)?.[1]
  return encoded ? decodeURIComponent(encoded) : (/filename="?([^";]+)"?/.exec(disposition)?.[1] ?? 'download')
}
