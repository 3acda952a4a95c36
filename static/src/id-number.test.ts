import { describe, expect, test } from 'vitest'
import { idNumberProblem, normalizeIdNumber } from './id-number'

describe('normalizeIdNumber', () => {
  test.each([
    ['65010220020518994x', '65010220020518994X'],
    ['３２０１０２１９９７０１０１９８５ｘ', '32010219970101985X'],
    [' 320102 20070316 9961\u200b', '320102200703169961'],
  ])('%s', (typed, meant) => expect(normalizeIdNumber(typed)).toBe(meant))
})

describe('idNumberProblem', () => {
  test.each(['320102200703169961', '65010220020518994X', '120101198802299899', '810000199907099953', 'P00000001'])(
    '%s is accepted',
    (number) => expect(idNumberProblem(number)).toBe(''),
  )
  test.each([
    ['wrong check digit', '110123199202218846'],
    ['no such day', '320102199702299857'],
    ['too short', '32010220070316996'],
    ['a letter inside', '3201022007O3169961'],
    ['a sheet of paper that became a float', '1.10101E+17'],
    ['nothing', ''],
  ])('%s is refused', (_, number) => expect(idNumberProblem(number)).not.toBe(''))
})
