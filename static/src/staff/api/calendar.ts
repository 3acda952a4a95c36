import { get, put } from './client'

export interface SpecialDay { day: string; works: boolean; name: string }

/** What the college entered, on top of what was announced; `missing` are years whose holidays nobody knows yet. */
export interface Calendar { days: SpecialDay[]; announced: SpecialDay[]; missing: number[] | null }

export const fetchCalendar = () => get<Calendar>('/calendar')
export const saveCalendar = (days: SpecialDay[]) => put<Calendar>('/calendar', { days })
