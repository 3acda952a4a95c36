import { poll, post } from './client'
import type { LightWord } from './opening'

export interface Worker { name: string; every: number; light: LightWord; light_name: string; at: number; host: string; failed_at: number; why: string }
export interface Diagnosis { name: string; light: LightWord; light_name: string; fault: string; mend: string }
/** A message that goes out only if a person sends it again; an unknown one may have arrived. */
export interface Stuck { id: string; name: string; registration: string; unknown: boolean; at: number; attempts: number; error: string }
export interface System {
  at: number
  version: string
  built: string
  go: string
  host: string
  database: string
  database_ms: number
  migration: number
  pending: number
  kv: string
  kv_ms: number
  files: string
  waiting: number
  dead: number
  unknown: number
  oldest_at: number
  live_orders: number
  workers: Worker[]
  stuck: Stuck[]
}

export const fetchSystem = () => poll<System>('/system')
export const checkSystem = () => post<{ rows: Diagnosis[] }>('/system/check')
export const resendStuck = (ids: string[]) => post<{ sent: number }>('/system/resend', { ids })
