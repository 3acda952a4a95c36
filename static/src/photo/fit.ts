/** Encodes one picture at a quality between 0 and 1. */
export type Encode = (quality: number) => Promise<Blob>

const best = 0.92
const tries = 6

/**
 * The best JPEG of at most `limit` bytes: the highest quality that fits, found by bisection down to `worst`.
 * Undefined when even the worst is too large.
 */
export async function fit(encode: Encode, limit: number, worst: number): Promise<Blob | undefined> {
  const full = await encode(best)
  if (full.size <= limit) return full
  let [low, high] = [worst, best]
  let fitting: Blob | undefined
  for (let i = 0; i < tries; i++) {
    const middle = (low + high) / 2
    const blob = await encode(middle)
    if (blob.size <= limit) [low, fitting] = [middle, blob]
    else high = middle
  }
  if (fitting) return fitting
  const last = await encode(worst)
  return last.size <= limit ? last : undefined
}

/** 48 kB, 2.4 MB: kB are 1,000 bytes, as the server counts. */
export function fileSize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
