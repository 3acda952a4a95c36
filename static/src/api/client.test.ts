import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiError, get, hooks, post } from './client'

const answer = vi.fn<typeof fetch>()

beforeEach(() => vi.stubGlobal('fetch', answer))
afterEach(() => vi.unstubAllGlobals())

test('a write is JSON, which a forged form cannot send', async () => {
  answer.mockResolvedValue(new Response('{"ok":true}'))
  await post('/login', { name: '张示例' })
  const [path, init] = answer.mock.calls.at(-1)!
  expect(path).toBe('/api/login')
  expect(init).toMatchObject({ method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'xinsheng' }, body: '{"name":"张示例"}' })
})

test('an error carries reason, field, incident and the facts of its reason', async () => {
  const error = { code: 'conflict', reason: 'draft_newer', field: 'phone', message: '另一台设备上有更新的内容。', incident: 'Q7K2', data: { device: 'iPhone' } }
  answer.mockResolvedValue(new Response(JSON.stringify({ error }), { status: 409 }))
  const failure = await get('/me').catch((e: ApiError) => e)
  expect(failure).toMatchObject({ status: 409, reason: 'draft_newer', field: 'phone', incident: 'Q7K2' })
  expect((failure as ApiError).data.device).toBe('iPhone')
})

test('a session that is over asks for a login', async () => {
  const loginRequired = vi.spyOn(hooks, 'loginRequired')
  answer.mockResolvedValue(new Response('{"error":{"reason":"not_logged_in","message":"请先登录。"}}', { status: 401 }))
  await expect(get('/me')).rejects.toMatchObject({ status: 401 })
  expect(loginRequired).toHaveBeenCalledOnce()
})

test.each([
  ['a proxy page instead of JSON', () => Promise.resolve(new Response('<html>', { status: 502 })), 'unreadable'],
  ['a proxy page with status 200', () => Promise.resolve(new Response('<html>')), 'unreadable'],
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), 'offline'],
])('%s is told, not swallowed', async (_, reply, reason) => {
  answer.mockImplementation(reply)
  await expect(get('/me')).rejects.toMatchObject({ reason })
})
