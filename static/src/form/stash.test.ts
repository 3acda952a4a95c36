import { expect, test } from 'vitest'
import { dropExpired } from './stash'

test('words that nobody came back for within a day are thrown away, whoever wrote them', () => {
  const hour = 3_600_000
  localStorage.setItem('unsaved:old', `iv.sealed.${Date.now() - 25 * hour}`)
  localStorage.setItem('unsaved:without-time', 'iv.sealed')
  localStorage.setItem('unsaved:fresh', `iv.sealed.${Date.now() - hour}`)
  localStorage.setItem('last-route', 'x')
  dropExpired()
  expect(Object.keys(localStorage)).toEqual(['unsaved:fresh', 'last-route'])
})
