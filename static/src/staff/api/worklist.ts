import { get, post } from './client'
import type { Page } from './jobs'
import type { Student } from './students'

/** One student of a heap: when they began, and whether somebody reminded them today. */
export interface WorkRow extends Student { started_at: number; reminded: boolean }
export interface Worklist extends Page<WorkRow> { kinds: { kind: string; name: string; count: number }[] }

export const fetchWorklist = (kind: string, after: string) => get<Worklist>(`/worklist?kind=${kind}&after=${after}`)
export const remind = (id: string) => post(`/students/${id}/remind`)
