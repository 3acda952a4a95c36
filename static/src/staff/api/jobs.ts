import { download, get, post } from './client'

export type JobState = 'waiting' | 'running' | 'cancelling' | 'done' | 'cancelled' | 'failed'

/** One long work with its progress. */
export interface Job {
  id: string
  kind: string
  title: string
  state: JobState
  state_title: string
  done: number
  total: number
  /** How many things could not be done. */
  failed: number
  /** The name of the file that came out of it; empty where there is none. */
  result: string
  /** Why the whole job failed. */
  error: string
  created_at: number
  /** 0 while it goes on. */
  ended_at: number
}

/** One thing that a job could not do, and why. */
export interface JobFailure { no: number; subject: string; reason: string }

export interface Page<Row> { rows: Row[]; next: string }

const at = (after: string) => (after ? `?after=${encodeURIComponent(after)}` : '')

export const fetchJobs = (after = '') => get<Page<Job>>('/jobs' + at(after))
export const fetchJob = (id: string) => get<Job>(`/jobs/${id}`)
export const cancelJob = (id: string) => post(`/jobs/${id}/cancel`)
export const fetchFailures = (id: string, after = '') => get<Page<JobFailure>>(`/jobs/${id}/failures${at(after)}`)
export const downloadResult = (id: string) => download(`/jobs/${id}/result`)

/** Says that nothing goes on any more. */
export const ended = (job: Job) => ['done', 'cancelled', 'failed'].includes(job.state)
