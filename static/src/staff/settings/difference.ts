/** One thing that differs, in words; `from` is empty for what is new, `to` for what is gone. */
export interface Difference { path: string; from: string; to: string }

/** Chinese words by path, as the server gives them: `*` is any one key, and a value that is a word stands behind `=`. */
export type Names = Record<string, string>

/** What differs between two values of a setting: objects by their keys, lists by their items. */
export function differences(from: unknown, to: unknown, key = '', names: Names = {}): Difference[] {
  return compare(from, to, key ? [key] : [], names)
}

function compare(from: unknown, to: unknown, path: string[], names: Names): Difference[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return []
  if (isList(from ?? []) && isList(to ?? []) && (isList(from) || isList(to))) return listDifferences((from ?? []) as unknown[], (to ?? []) as unknown[], path, names)
  if (isObject(from ?? {}) && isObject(to ?? {}) && (isObject(from) || isObject(to))) {
    const [before, after] = [(from ?? {}) as Record<string, unknown>, (to ?? {}) as Record<string, unknown>]
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => compare(before[key], after[key], [...path, key], names))
  }
  return [{ path: title(path, names), from: words(from, path, names), to: words(to, path, names) }]
}

/** Items that stand on one side only; the order alone is told as such. */
function listDifferences(from: unknown[], to: unknown[], path: string[], names: Names): Difference[] {
  const [gone, added] = [missing(from, to), missing(to, from)]
  const at = title(path, names)
  const item = (value: unknown) => words(value, [...path, '*'], names)
  if (from.length + to.length === 0) return []
  if (gone.length + added.length === 0) return [{ path: at, from: '', to: '顺序有变化' }]
  if (gone.length === added.length) return gone.map((value, i) => ({ path: at, from: item(value), to: item(added[i]) }))
  return [...gone.map((value) => ({ path: at, from: item(value), to: '' })), ...added.map((value) => ({ path: at, from: '', to: item(value) }))]
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

/** The word of a path: its own, or the one that any key at some of its places has; they are few and short. */
function named(path: string[], end: string, names: Names): string | undefined {
  const [first = '', ...rest] = path
  let ways = [first]
  for (const key of rest) ways = [...ways.map((way) => `${way}.${key}`), ...ways.map((way) => `${way}.*`)]
  return ways.map((way) => names[way + end]).find(Boolean)
}
const title = (path: string[], names: Names) => path.map((key, i) => named(path.slice(0, i + 1), '', names) ?? key).join(' · ')

/** A value as people read it. */
export function words(value: unknown, path: string[] = [], names: Names = {}): string {
  if (value === true) return '是'
  if (value === false) return '否'
  if (value === null || value === undefined) return ''
  if (isList(value)) return value.map((item) => words(item, [...path, '*'], names)).filter(Boolean).join('、')
  if (isObject(value)) {
    return Object.entries(value).map(([key, inner]) => {
      const [name, text] = [named([...path, key], '', names), words(inner, [...path, key], names)]
      return name && text ? `${name}：${text}` : text
    }).filter(Boolean).join(' · ')
  }
  const text = String(value)
  if (text.startsWith('data:image/')) return '图片'
  return named(path, `=${text}`, names) ?? text
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
