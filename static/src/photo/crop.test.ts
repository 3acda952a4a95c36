import { describe, expect, it } from 'vitest'
import { clamp, scale, wholePicture, zoomed } from './crop'
import { fit, fileSize } from './fit'

const result = { width: 480, height: 640 }

describe('crop', () => {
  it('covers the frame with a wide and with a tall picture', () => {
    expect(scale(wholePicture(), { width: 4000, height: 3000 }, result)).toBeCloseTo(640 / 3000)
    expect(scale(wholePicture(), { width: 1000, height: 4000 }, result)).toBeCloseTo(480 / 1000)
  })

  it('counts sides anew when turned', () => {
    expect(scale({ ...wholePicture(), turns: 1 }, { width: 4000, height: 3000 }, result)).toBeCloseTo(640 / 4000)
  })

  it('leaves no gap at the edges', () => {
    const picture = { width: 4000, height: 3000 }
    const pulled = clamp({ turns: 0, zoom: 1, x: 9999, y: 50 }, picture, result)
    expect(pulled.x).toBeCloseTo(((4000 * 640) / 3000 - 480) / 2)
    expect(pulled.y).toBe(0)
    expect(clamp({ turns: -1, zoom: 0.2, x: 0, y: 0 }, picture, result)).toMatchObject({ turns: 3, zoom: 1 })
  })

  it('zooms around the middle', () => {
    const at = { turns: 0, zoom: 1, x: 100, y: 0 }
    expect(zoomed(at, 2, { width: 4000, height: 3000 }, result)).toMatchObject({ zoom: 2, x: 200 })
  })
})

describe('fit', () => {
  const sized = (bytes: (quality: number) => number) => async (quality: number) => new Blob([new Uint8Array(Math.round(bytes(quality)))])

  it('keeps the best quality that fits', async () => {
    const blob = await fit(sized((q) => q * 100_000), 50_000, 0.1)
    expect(blob!.size).toBeLessThanOrEqual(50_000)
    expect(blob!.size).toBeGreaterThan(48_000)
  })

  it('leaves a small picture alone and gives up on a hopeless one', async () => {
    expect((await fit(sized(() => 20_000), 50_000, 0.1))!.size).toBe(20_000)
    expect(await fit(sized(() => 90_000), 50_000, 0.1)).toBeUndefined()
  })

  it('writes sizes as the server does', () => {
    expect(fileSize(47_210)).toBe('48 kB')
    expect(fileSize(2_420_000)).toBe('2.4 MB')
  })
})
