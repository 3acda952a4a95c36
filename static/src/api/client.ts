type Facts = Record<string, unknown>

/** What the server (or the network) answered instead of a result; `message` is meant for the student. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** Stable machine reason of enroll, or 'offline', 'timeout', 'unreadable'. */
    readonly reason: string,
    message: string,
    /** The form's field that is wrong. */
    readonly field = '',
    /** Code of the incident, for the student to tell the help desk. */
    readonly incident = '',
    /** Further facts of this reason, as the contract names them. */
    readonly data: Facts = {},
  ) {
    super(message)
  }
}

/** The last failure that a page was told of, for the help desk. */
export const last: { error?: ApiError } = {}

interface Hooks {
  /** Called when the session is over (401). */
  loginRequired: () => void
  /** Called with the seconds that the session lasts without another request. */
  sessionLeft: (seconds: number) => void
}

export const hooks: Hooks = { loginRequired: () => {}, sessionLeft: () => {} }

const patience = 30_000

export const get = <T>(path: string) => call<T>('GET', path)
export const post = <T>(path: string, body: unknown = {}) => call<T>('POST', path, body)
export const put = <T>(path: string, body: unknown = {}) => call<T>('PUT', path, body)
export const remove = <T>(path: string) => call<T>('DELETE', path, {})

/** Sent with every write: a form on a foreign page can send neither JSON nor this header. */
export const writeHeaders = { 'X-Requested-With': 'xinsheng' }

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patience)
  try {
    const response = await fetch('/api' + path, {
      method,
      credentials: 'same-origin',
      headers: body === undefined ? {} : { ...writeHeaders, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: stop.signal,
      // A draft saved while the page closes still arrives; such a body may have 64 kB at most.
      keepalive: method === 'PUT',
    })
    const left = response.headers.get('X-Session-Left')
    if (left) hooks.sessionLeft(Number(left))
    return await readAnswer<T>(response.status, await response.text())
  } catch (error) {
    throw (last.error = error instanceof ApiError ? error : unreachable(stop.signal.aborted))
  } finally {
    clearTimeout(timer)
  }
}

/** Turns status and body into the result or an ApiError; shared with uploads, which need progress and so no fetch. */
export function readAnswer<T>(status: number, text: string): T {
  const body = parse(text)
  if (status >= 200 && status < 300 && body !== undefined) return body as T
  if (status === 401) hooks.loginRequired()
  const error = (body as { error?: Record<string, unknown> } | undefined)?.error
  if (!error) throw new ApiError(status, 'unreadable', '服务暂时不可用，请稍后再试。')
  const { reason, message, field, incident, data } = error
  throw new ApiError(status, words(reason), words(message), words(field), words(incident), (data ?? {}) as Facts)
}

/** The error for a request that got no answer. */
export function unreachable(timedOut: boolean): ApiError {
  if (timedOut) return new ApiError(0, 'timeout', '网络较慢，暂时没有收到回应，请稍后再试。')
  return new ApiError(0, 'offline', '网络不通，请检查网络后再试。')
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function parse(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
