import { fileURL, poll } from './client'

/** One figure with its word; key is what the list of students is narrowed by. */
export interface Count { key: string; name: string; count: number }
/** The funnel of one teaching point or program: one count for each stage. */
export interface Place { id: string; name: string; stages: number[]; left: number }
export interface Waiting { name: string; count: number; oldest_at: number; path: string }

export interface Dashboard {
  at: number
  intake: string
  intake_name: string
  window_text: string
  closes_at: number
  funnel: Count[]
  statuses: Count[]
  stuck: Count[]
  points: Place[]
  programs: Place[]
  today: { started: number; submitted: number; registered: number; paid: number }
  days: { day: string; count: number }[]
  paid: number
  /** What came in; clerks are told nothing of it. */
  money: { fen: number; today_fen: number; cases: number } | null
  messages: { done: number; waiting: number; failed: number }
  waiting: Waiting[]
}

export interface Filter { intake: string; point: string; program: string }

export const fetchDashboard = (filter: Filter) => poll<Dashboard>('/dashboard?' + new URLSearchParams({ ...filter }).toString())
export const posterURL = (intake: string, point: string) => fileURL(`/posters/${encodeURIComponent(point)}?intake=${intake}`)
