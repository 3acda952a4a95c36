/** One thing that differs, in words; `from` is empty for what is new, `to` for what is gone. */
export interface Difference { path: string; from: string; to: string }

/** What differs between two values of a setting: objects by their keys, lists by their items. */
export function differences(from: unknown, to: unknown, path = ''): Difference[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return []
  if (isList(from ?? []) && isList(to ?? []) && (isList(from) || isList(to))) return listDifferences((from ?? []) as unknown[], (to ?? []) as unknown[], path)
  if (isObject(from ?? {}) && isObject(to ?? {}) && (isObject(from) || isObject(to))) {
    const [before, after] = [(from ?? {}) as Record<string, unknown>, (to ?? {}) as Record<string, unknown>]
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => differences(before[key], after[key], path ? `${path} · ${key}` : key))
  }
  return [{ path, from: words(from), to: words(to) }]
}

/** Items that stand on one side only; the order alone is told as such. */
function listDifferences(from: unknown[], to: unknown[], path: string): Difference[] {
  const [gone, added] = [missing(from, to), missing(to, from)]
  if (gone.length + added.length === 0) return [{ path, from: '', to: '顺序有变化' }]
  if (gone.length === added.length) return gone.map((item, i) => ({ path, from: words(item), to: words(added[i]) }))
  return [...gone.map((item) => ({ path, from: words(item), to: '' })), ...added.map((item) => ({ path, from: '', to: words(item) }))]
}

function missing(list: unknown[], elsewhere: unknown[]): unknown[] {
  const left = elsewhere.map((item) => JSON.stringify(item))
  return list.filter((item) => {
    const at = left.indexOf(JSON.stringify(item))
    if (at >= 0) left.splice(at, 1)
    return at < 0 && words(item) !== ''
  })
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value)
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !isList(value)

/** A value as people read it. */
export function words(value: unknown): string {
  if (value === true) return '是'
  if (value === false) return '否'
  if (value === null || value === undefined) return ''
  if (isList(value)) return value.map(words).filter(Boolean).join('、')
  if (isObject(value)) return Object.values(value).map(words).filter(Boolean).join(' · ')
  const text = String(value)
  return text.startsWith('data:image/') ? '图片' : text
}

/** One line of two texts laid over each other: gone, added, or standing in both. */
export interface Line { mark: '−' | '+' | ''; text: string }

/** Lays two lists of lines over each other in their order, keeping as many common lines as there can be. */
export function overlay(now: string[], next: string[]): Line[] {
  const common = Array.from({ length: now.length + 1 }, () => new Array<number>(next.length + 1).fill(0))
  for (let i = now.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      common[i]![j] = now[i] === next[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
    }
  }
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < now.length || j < next.length) {
    if (i < now.length && j < next.length && now[i] === next[j]) {
      lines.push({ mark: '', text: now[i++]! })
      j++
    } else if (j === next.length || (i < now.length && common[i + 1]![j]! >= common[i]![j + 1]!)) lines.push({ mark: '−', text: now[i++]! })
    else lines.push({ mark: '+', text: next[j++]! })
  }
  return lines
}
