import { get, post, remove } from './client'
import type { Job } from './jobs'
import type { Named } from './roster'

/** A column as it was chosen: its heading, and how many bytes the other side takes, 0 for any. */
export interface Choice { key: string; heading: string; width: number }

/** A column that can be chosen, with the heading and width of the register's file where it has it. */
export interface Column { key: string; heading: string; register: string; width: number }

export interface Mapping { id: string; name: string; columns: Choice[]; account: string }

export interface Exports {
  intakes: Named[]
  intake: string
  kinds: Named[]
  statuses: Named[]
  points: Named[]
  programs: Named[]
  columns: Column[]
  mappings: Mapping[]
  jobs: Job[]
}

/** What is to leave the house: whom, which columns, masked or whole, and why. */
export interface Order {
  intake: string
  status: string
  point: string
  program: string
  kind: string
  format: string
  columns: Choice[]
  whole: boolean
  reason: string
  photos: string
  name_by: string
}

export const fetchExports = (intake = '') => get<Exports>(`/exports?intake=${intake}`)
export const countExport = (order: Order) => post<{ count: number }>('/exports/count', order)
export const startExport = (order: Order) => post<Job>('/exports', order)
export const saveMapping = (name: string, columns: Choice[]) => post<Mapping>('/exports/mappings', { name, columns })
export const dropMapping = (id: string) => remove(`/exports/mappings/${id}`)
