import { get, post } from './client'
import type { Student } from './students'

/** One thing that several students share; `open` until somebody has looked since the last one joined. */
export interface Alert {
  id: string
  kind: string
  hash: string
  name: string
  means: string
  students: number
  first_at: number
  last_at: number
  open: boolean
  note: string
  by: string
  looked_at: number
  looked: number
  version: number
}

export const fetchAlerts = (all: boolean) => get<{ rows: Alert[] }>(`/alerts${all ? '?all=1' : ''}`)
export const fetchSharing = ({ kind, hash }: Alert) => get<{ rows: Student[] }>(`/alerts/${kind}/${hash}`)
export const lookAtAlert = ({ kind, hash, students, version }: Alert, note: string) => post(`/alerts/${kind}/${hash}/look`, { note, students, version })
