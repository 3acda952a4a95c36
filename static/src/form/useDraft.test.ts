import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { useDraft } from './useDraft'

/** A server with one section, as the contract describes it. */
let stored: { version: number; content: object; device: string }
let down = false
let refused = false
let puts: { version: number; content: object; force: boolean }[]

function answer(status: number, body: unknown) {
  return Promise.resolve(new Response(JSON.stringify(body), { status }))
}

function serve(_path: string, request: RequestInit) {
  const facts = { saved_at: 1, complete: false, problems: [], device: stored.device }
  if (request.method === 'GET') return answer(200, { key: 'basic', ...stored, ...facts })
  if (refused) return answer(409, { error: { reason: 'not_returned', message: '' } })
  if (down) return Promise.reject(new TypeError('network'))
  const sent = JSON.parse(request.body as string)
  puts.push(sent)
  if (sent.version !== stored.version && !sent.force) {
    return answer(409, { error: { reason: 'draft_conflict', message: '', data: { ...stored, saved_at: 1 } } })
  }
  stored = { ...stored, version: stored.version + 1, content: sent.content }
  return answer(200, { version: stored.version, ...facts })
}

const scopes: ReturnType<typeof effectScope>[] = []

async function opened() {
  const scope = effectScope()
  scopes.push(scope)
  const draft = scope.run(() => useDraft('basic', 'student'))!
  await draft.load()
  return draft
}

async function typed(draft: Awaited<ReturnType<typeof opened>>, work: string) {
  draft.content.value.work_unit = work
  await nextTick()
}

beforeEach(() => {
  vi.useFakeTimers()
  stored = { version: 1, content: { work_unit: '甲' }, device: '电脑' }
  puts = []
  down = refused = false
  vi.stubGlobal('fetch', vi.fn(serve))
})

afterEach(() => {
  scopes.splice(0).forEach((scope) => scope.stop())
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('saves once, 800 ms after the last key', async () => {
  const draft = await opened()
  await typed(draft, '乙')
  await vi.advanceTimersByTimeAsync(700)
  await typed(draft, '乙丙')
  await vi.advanceTimersByTimeAsync(700)
  expect(puts).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(200)
  expect(puts).toMatchObject([{ version: 1, content: { work_unit: '乙丙' } }])
  expect(draft.state.value).toBe('saved')
})

test('saves nothing where nothing changed', async () => {
  const draft = await opened()
  await draft.save()
  expect(puts).toHaveLength(0)
})

test('tries again when the network is back', async () => {
  const draft = await opened()
  down = true
  await typed(draft, '乙')
  await vi.advanceTimersByTimeAsync(1000)
  expect(draft.state.value).toBe('retrying')
  down = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(draft.state.value).toBe('saved')
  expect(stored.content).toEqual({ work_unit: '乙' })
})

test('what the server finally refuses is told, not tried for ever', async () => {
  const draft = await opened()
  refused = true
  await typed(draft, '乙')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(draft.failure.value?.reason).toBe('not_returned')
  expect(vi.mocked(fetch).mock.calls.filter(([, request]) => request?.method === 'PUT')).toHaveLength(1)
})

test('a newer draft stops the saving until the student chose', async () => {
  const draft = await opened()
  stored = { version: 5, content: { work_unit: '较新的' }, device: '电脑' }
  await typed(draft, '这里的')
  await vi.advanceTimersByTimeAsync(1000)
  expect(draft.newer.value).toMatchObject({ version: 5, device: '电脑' })
  await typed(draft, '这里的公司')
  await vi.advanceTimersByTimeAsync(5000)
  expect(puts).toHaveLength(1)
  await draft.keepMine()
  expect(stored).toMatchObject({ version: 6, content: { work_unit: '这里的公司' } })
})

test('the newer draft can be taken', async () => {
  const draft = await opened()
  stored = { version: 5, content: { work_unit: '较新的' }, device: '电脑' }
  await typed(draft, '这里的')
  await vi.advanceTimersByTimeAsync(1000)
  draft.takeNewer()
  await typed(draft, '较新的公司')
  await vi.advanceTimersByTimeAsync(1000)
  expect(stored).toMatchObject({ version: 6, content: { work_unit: '较新的公司' } })
})
