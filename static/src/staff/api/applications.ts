import { get } from './client'

export interface ApplicationRow {
  id: string; student: string; kind: string; kind_name: string; state: string; state_name: string; name: string; exam_no: string
  at: number; filed_by: string; until_at: number; decided_by: string; decided_at: number; reason: string
}
export interface ReservedRow { student: string; name: string; exam_no: string; status_name: string; until_at: number; days: number }

export const fetchApplications = (filter: Record<string, string>) => get<{ rows: ApplicationRow[]; next: string }>('/applications?' + new URLSearchParams(filter))
export const fetchReserved = (filter: Record<string, string>) => get<{ rows: ReservedRow[]; next: string }>('/reserved?' + new URLSearchParams(filter))
