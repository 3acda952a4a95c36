const zone = { timeZone: 'Asia/Shanghai' } as const

/** Fen as yuan: 264000 → ¥2,640.00 */
export function yuan(fen: number): string {
  return '¥' + (fen / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')
}

/** 2026年3月1日 */
export function day(at: number): string {
  return new Date(at).toLocaleDateString('zh-CN', { ...zone, year: 'numeric', month: 'long', day: 'numeric' })
}

/** 2026年3月1日 09:05 */
export function dayTime(at: number): string {
  return `${day(at)} ${clock(at)}`
}

/** 2026-03-01 09:05, for the narrow columns of tables. */
export function shortTime(at: number): string {
  return `${new Date(at).toLocaleDateString('sv-SE', zone)} ${clock(at)}`
}

/** The end of a time; a day's last moment is its own 24:00, not the next day's 0:00. */
export function ending(at: number): string {
  const hours = at / 3_600_000 + 8
  return hours % 24 === 0 ? `${day(at - 1)} 24:00` : dayTime(at)
}

/** 09:05 */
export function clock(at: number): string {
  return new Date(at).toLocaleTimeString('zh-CN', { ...zone, hour: '2-digit', minute: '2-digit', hour12: false })
}
