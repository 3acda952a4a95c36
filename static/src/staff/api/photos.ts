import { get, upload } from './client'
import type { Job, Page } from './jobs'
import type { Named } from './roster'

export interface WithoutPhoto { id: string; exam_no: string; name: string }

/** How many of an intake have the admission's picture; the rows are those who have none. */
export interface Photos extends Page<WithoutPhoto> { intakes: Named[]; intake: string; all: number; pictured: number; jobs: Job[] }

export const fetchPhotos = (intake = '', after = '') => get<Photos>(`/photos?intake=${intake}&after=${after}`)
export const uploadPhotos = (intake: string, file: File, progress: (share: number) => void) =>
  upload<Job>(`/photos?intake=${intake}`, 'file', file, progress)
