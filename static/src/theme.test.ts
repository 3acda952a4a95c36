import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { applyColour, contrast, grounds, readable } from './theme'

const colours = ['#1f5fa8', '#c0392b', '#ffcc00', '#8fd3f4', '#00ff00', '#ffffff', '#000000', '#2b1055', 'no colour']
const onBrand = { day: [255, 255, 255], night: [16, 21, 28] } as const

describe('the school’s colour', () => {
  it.each(colours)('%s reads on every ground, and words read on it', (colour) => {
    for (const time of ['day', 'night'] as const) {
      const shade = readable(colour, time)
      expect(contrast(shade, grounds[time])).toBeGreaterThanOrEqual(4.5)
      expect(contrast(shade, [...onBrand[time]])).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('is left as it is where it reads already', () => {
    expect(readable('#1f5fa8', 'day')).toEqual([31, 95, 168])
  })

  it('paints both times of day', () => {
    applyColour('#8b0000')
    expect(document.documentElement.style.getPropertyValue('--day')).toBe('139,0,0')
    expect(document.documentElement.style.getPropertyValue('--night')).toMatch(/^\d+,\d+,\d+$/)
  })
})

describe('the pages’ own colours', () => {
  const [day, night] = readFileSync('src/styles.css', 'utf8').split('prefers-color-scheme: dark')
  const of = (sheet: string) => Object.fromEntries([...sheet.matchAll(/--([a-z-]+): #([0-9a-f]{3,6});/g)].map(([, name, hex]) => [name, rgb(hex!)]))
  const rgb = (hex: string) => (hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g)!).map((part) => parseInt(part, 16)) as [number, number, number]
  const light = of(day!)

  it.each([['day', light], ['night', { ...light, ...of(night!) }]] as const)('read by %s', (_, colour) => {
    for (const words of ['ink', 'ink-soft', 'muted', 'good', 'warn', 'bad'])
      for (const ground of ['card', 'ground']) expect(contrast(colour[words]!, colour[ground]!), `${words} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    for (const tone of ['good', 'warn', 'bad']) expect(contrast(colour[tone]!, colour[`${tone}-tint`]!), `${tone} on its tint`).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour['field-line']!, colour.card!), 'a field’s border').toBeGreaterThanOrEqual(3)
  })
})
