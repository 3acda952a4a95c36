import { get, post } from './client'
import type { Page } from './jobs'

/** One line of the audit log. */
export interface Line {
  id: string
  at: number
  account: string
  role_title: string
  action: string
  action_title: string
  object: string
  /** A student's 考生号 or an account; empty where it is neither. */
  object_title: string
  detail: string
  address: string
}

/** Days as 2026-03-01, both included; empty fields do not count. */
export interface Search { account: string; action: string; object: string; from: string; to: string }

/** How many lines are whole, and the number of the first that was changed or is missing; 0 where all are whole. */
export interface Verified { lines: number; broken: number }

export const searchAudit = (search: Search, after: string) =>
  get<Page<Line> & { actions: { id: string; name: string }[] }>('/audit?' + new URLSearchParams({ ...search, after }).toString())
export const verifyAudit = () => post<Verified>('/audit/verify')
