import { fileURL, get, poll, post } from './client'

export type JobState = 'waiting' | 'running' | 'cancelling' | 'done' | 'cancelled' | 'failed'

/** One long work with its progress. */
export interface Job {
  id: string
  kind: string
  title: string
  state: JobState
  state_name: string
  /** Nothing goes on any more. */
  ended: boolean
  done: number
  /** 0 while nobody knows how much there is to do. */
  total: number
  /** How many things could not be done. */
  failed: number
  /** Why the whole job failed. */
  error: string
  /** The name of the file that came out of it; empty where there is none. */
  result_name: string
  /** Until when it can be downloaded. */
  result_until: number
  created_at: number
  /** 0 while it goes on. */
  ended_at: number
}

/** One thing that a job could not do, and why. */
export interface JobFailure { no: number; subject: string; reason: string }

/** Failures row by row, and how often each reason came up. */
export interface JobFailures extends Page<JobFailure> { counts: { reason: string; count: number }[] }

export interface Page<Row> { rows: Row[]; next: string }

const at = (after: string) => (after ? `?after=${encodeURIComponent(after)}` : '')

export const fetchJobs = (after = '') => get<Page<Job>>('/jobs' + at(after))
export const watchJob = (id: string) => poll<Job>(`/jobs/${id}`)
export const cancelJob = (id: string) => post(`/jobs/${id}/cancel`)
export const fetchFailures = (id: string, after = '') => get<JobFailures>(`/jobs/${id}/failures${at(after)}`)
export const resultURL = (id: string) => fileURL(`/jobs/${id}/result`)
export const failureFileURL = (id: string) => fileURL(`/jobs/${id}/failures/file`)

/** The colour of each state. */
export const tones: Record<JobState, 'info' | 'good' | 'warn' | 'bad'> = {
  waiting: 'info', running: 'info', cancelling: 'warn', done: 'good', cancelled: 'warn', failed: 'bad',
}
