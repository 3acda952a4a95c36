import { get } from './client'

/** One view of the student's data by the college. */
export interface Look { at: number; who: string; what: string; why: string }

export const fetchLooks = () => get<Look[]>('/looks')
