import { get, post } from './client'
import type { Page } from './jobs'

/** Money or a matter that waits for a person. */
export interface Case {
  id: string
  kind: string
  kind_name: string
  student: string
  name: string
  exam_no: string
  detail: string
  opened_at: number
  closed_at: number
  closed_by: string
  note: string
  /** The money may be put to the bill. */
  applies: boolean
  /** A student number is missing. */
  numbers: boolean
}

export const fetchCases = (closed: boolean, after: string) => get<Page<Case>>(`/cases?closed=${closed ? '1' : ''}&after=${after}`)
export const closeCase = (id: string, reason: string) => post(`/cases/${id}/close`, { reason })
export const applyCase = (id: string, reason: string) => post(`/cases/${id}/apply`, { reason })
