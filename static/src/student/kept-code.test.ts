import { afterEach, expect, test, vi } from 'vitest'
import { dropCode, keepCode, keptCode } from './kept-code'

afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
})

test('a code on its way is given back while it lives, and then forgotten', () => {
  vi.useFakeTimers()
  const code = { challenge: 'c', message: '验证码已发送', tail: '0001', until: Date.now() + 300_000 }
  expect(keptCode()).toBeNull()
  keepCode(code)
  expect(keptCode()).toEqual(code)
  vi.advanceTimersByTime(300_001)
  expect(keptCode()).toBeNull()
  expect(localStorage.length).toBe(0)
})

test('a code that is not mine is dropped', () => {
  keepCode({ challenge: 'c', message: '', tail: '0001', until: Date.now() + 300_000 })
  dropCode()
  expect(keptCode()).toBeNull()
})
