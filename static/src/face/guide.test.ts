import { expect, test } from 'vitest'
import { createGuide, type Box } from './guide'

const face: Box = { x: 0.35, y: 0.3, width: 0.3, height: 0.4 }

/** Plays looks 120 ms apart and answers the phases. */
function play(frames: (Box[])[]): string[] {
  const guide = createGuide()
  return frames.map((faces, i) => guide.see({ at: 1000 + i * 120, faces, aspect: 4 / 3 }).phase)
}

const still = (count: number) => Array.from({ length: count }, () => [face])
const nobody = (count: number) => Array.from({ length: count }, () => [] as Box[])

test('a still face is held for two seconds and shot', () => {
  const phases = play(still(25))
  expect(phases.indexOf('holding')).toBe(2)
  expect(phases.indexOf('shoot') - 2).toBe(Math.ceil(2000 / 120))
})

test('short misses do not break the hold', () => {
  const phases = play([...still(8), ...nobody(4), ...still(12)])
  expect(phases).toContain('shoot')
  expect(phases.slice(2)).not.toContain('searching')
})

test('a face that goes away starts anew', () => {
  const phases = play([...still(8), ...nobody(8), ...still(12)])
  expect(phases).toContain('searching')
  expect(phases).not.toContain('shoot')
})

test.each([
  ['two people', [face, { ...face, x: 0.05, width: 0.2 }]],
  ['far away', [{ x: 0.47, y: 0.45, width: 0.06, height: 0.1 }]],
  ['at the edge', [{ ...face, x: 0.7 }]],
  ['nobody', []],
])('%s is never shot', (_, faces) => {
  const phases = play(Array.from({ length: 40 }, () => faces))
  expect(new Set(phases)).toEqual(new Set(['searching']))
})

test('a shot is not taken in a frame without the face', () => {
  const phases = play([...still(17), ...nobody(4)])
  expect(phases).not.toContain('shoot')
})
