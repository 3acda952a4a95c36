import type { InjectionKey } from 'vue'
import type { Content, Field, fetchSchools, Problem } from '@/api/form'

/** Where schools are asked for that help with typing: the student's own way, unless the counter gives its own. */
export const schoolSource: InjectionKey<typeof fetchSchools> = Symbol()

/** Whether a field is asked beside the other answers of its section. */
export function isAsked(field: Field, content: Content): boolean {
  if (!field.when) return true
  const value = content[field.when.field]
  return field.when.values.includes(value === true ? 'true' : typeof value === 'string' ? value : '')
}

/** Problems by the path of their field; the first one of a field counts. */
export function byField(problems: Problem[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { field, message } of problems) found[field] ??= message
  return found
}

/** The problems worth showing: all once the student asked to go on, else those of fields that were filled in and left. */
export function shown(problems: Problem[], tried: boolean, left: Set<string>): Record<string, string> {
  return byField(problems.filter(({ field, reason }) => tried || (left.has(field.replace(/\.street$/, '')) && reason !== 'field_required')))
}

/** Which row a problem's path lies in, as in rows.2.name; -1 for none. */
export function rowOf(path: string, rows: string): number {
  const [, index] = new RegExp(`^${rows}\\.(\\d+)\\.`).exec(path) ?? []
  return index === undefined ? -1 : Number(index)
}

/** Content as it is sent and compared. */
export function frozen(content: Content): string {
  return JSON.stringify(content)
}

const autocompletes: Record<string, string> = {
  email: 'email', phone_2: 'tel', postcode: 'postal-code', work_unit: 'organization', work_title: 'organization-title',
}

/** What the browser may fill in by itself: the student's own facts only, never those of other people. */
export function autocompleteOf(path: string): string {
  return autocompletes[path] ?? 'off'
}
