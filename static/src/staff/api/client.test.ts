import { afterEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/client'
import { nameOf, post, shell } from './client'

const answers = (...list: [number, unknown][]) => {
  const fetch = vi.fn()
  for (const [status, body] of list) fetch.mockResolvedValueOnce(new Response(JSON.stringify(body), { status }))
  vi.stubGlobal('fetch', fetch)
  return fetch
}
const again: [number, unknown] = [403, { error: { reason: 'confirm_again', message: '请再次确认身份。' } }]

afterEach(() => vi.unstubAllGlobals())

test('a request that asks for a fresh proof is repeated once it was given', async () => {
  const fetch = answers(again, [200, { job: '7' }])
  shell.confirm = async () => true
  expect(await post('/exports', { kind: 'list' })).toEqual({ job: '7' })
  const [first, second] = fetch.mock.calls.map(([path, request]) => [path, request.method, request.body])
  expect(second).toEqual(first)
})

test('without the proof the refusal stands, and nothing is asked again', async () => {
  const fetch = answers(again)
  shell.confirm = async () => false
  await expect(post('/exports')).rejects.toThrow(ApiError)
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('the name of a download is read as the server writes it', () => {
  expect(nameOf(`attachment; filename="download.xlsx"; filename*=UTF-8''%E5%90%8D%E5%8D%95.xlsx`)).toBe('名单.xlsx')
  expect(nameOf('attachment; filename="document.pdf"')).toBe('document.pdf')
})
