import { expect, test } from 'vitest'
import type { Field, Problem } from '@/api/form'
import { isAsked, rowOf, shown } from './content'

const field = (when?: Field['when']): Field => ({ key: 'x', label: '', required: true, widget: 'text', when })

test('a field is asked only beside the answers that it belongs to', () => {
  expect(isAsked(field(), {})).toBe(true)
  expect(isAsked(field({ field: 'none', values: [''] }), { none: true })).toBe(false)
  expect(isAsked(field({ field: 'none', values: [''] }), {})).toBe(true)
  expect(isAsked(field({ field: 'year', values: ['2026'] }), { year: '2026' })).toBe(true)
  expect(isAsked(field({ field: 'year', values: ['2026'] }), { year: '2025' })).toBe(false)
})

test('nobody is told of a missing answer before asking to go on', () => {
  const problems: Problem[] = [
    { field: 'name', reason: 'field_required', message: 'a' },
    { field: 'postcode', reason: 'postcode_invalid', message: 'b' },
    { field: 'address.street', reason: 'field_too_short', message: 'c' },
  ]
  expect(shown(problems, false, new Set())).toEqual({})
  expect(shown(problems, false, new Set(['name', 'postcode', 'address']))).toEqual({ postcode: 'b', 'address.street': 'c' })
  expect(Object.keys(shown(problems, true, new Set()))).toEqual(['name', 'postcode', 'address.street'])
})

test('a problem knows its row', () => {
  expect(rowOf('rows.2.name', 'rows')).toBe(2)
  expect(rowOf('rows', 'rows')).toBe(-1)
})
