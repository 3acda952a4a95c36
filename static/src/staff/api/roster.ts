import { fileURL, get, poll, post, upload } from './client'
import type { Page } from './jobs'

export interface Named { id: string; name: string }

export type ImportState = 'staging' | 'staged' | 'applying' | 'applied' | 'abandoned' | 'undoing' | 'undone'

/** One import of a roster file, from the upload to the registrations and back. */
export interface RosterImport {
  id: string
  intake: string
  file: string
  state: ImportState
  state_name: string
  total: number
  new: number
  changed: number
  same: number
  refused: number
  applied: number
  account: string
  /** Headings of the file that were not understood. */
  ignored: string
  /** The job that works on it, or did last; its progress is shown to who started it (`mine`). */
  job: string
  working: boolean
  mine: boolean
  /** Why the last job failed. */
  error: string
  created_at: number
  applied_at: number
}

export interface RosterImports { intakes: Named[]; intake: string; rows: RosterImport[] }

export type Verdict = 'new' | 'changed' | 'same' | 'refused'

/** One line of the file: what keeps it out, what is worth a look, and what would change by cell. */
export interface RosterLine {
  no: number
  exam_no: string
  name: string
  id_number: string
  verdict: Verdict
  verdict_name: string
  refusals: string[]
  flags: string[]
  changes: { column: string; from: string; to: string }[]
  /** Where a line that is taken puts the student, in words. */
  facts: string
}

export const fetchImports = (intake = '') => get<RosterImports>(`/roster/imports?intake=${intake}`)
export const watchImport = (id: string) => poll<RosterImport>(`/roster/imports/${id}`)
export const uploadRoster = (intake: string, file: File, progress: (share: number) => void) =>
  upload<RosterImport>(`/roster/imports?intake=${intake}`, 'file', file, progress)
export const fetchLines = (id: string, verdict: string, after: string) =>
  get<Page<RosterLine>>(`/roster/imports/${id}/lines?verdict=${verdict}&after=${after}`)
export const confirmImport = (id: string) => post<RosterImport>(`/roster/imports/${id}/confirm`)
export const resumeImport = (id: string) => post<RosterImport>(`/roster/imports/${id}/resume`)
export const abandonImport = (id: string) => post<RosterImport>(`/roster/imports/${id}/abandon`)
export const undoImport = (id: string, reason: string) => post<RosterImport>(`/roster/imports/${id}/undo`, { reason })
export const refusedURL = (id: string) => fileURL(`/roster/imports/${id}/refused`)
export const templateURL = fileURL('/roster/template')

/** The colour of each state. */
export const importTones: Record<ImportState, 'info' | 'good' | 'warn' | 'bad'> = {
  staging: 'info', staged: 'warn', applying: 'info', applied: 'good', abandoned: 'warn', undoing: 'info', undone: 'warn',
}
