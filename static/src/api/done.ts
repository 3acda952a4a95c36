import { get, post } from './client'
import type { Correction } from './correction'

export interface Event {
  at: number
  title: string
  text: string
  by: string
}

export interface Done {
  number: string
  number_pending: boolean
  paid_by_other: boolean
  name: string
  program: string
  level: string
  point: string
  portal_url: string
  events: Event[]
}

export const fetchDone = () => get<Done>('/done')
export const fetchProgress = () => get<{ events: Event[]; corrections: Correction[] }>('/progress')
/** An address that gives the slip's PDF once, within ten minutes. */
export const makeSlipLink = () => post<{ url: string; expires_at: number }>('/slip/link')
