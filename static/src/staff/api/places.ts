import { get, put } from './client'

export interface Point { id: string; code: string; name: string }

/** `words` tell a program or a price as it was read, and go back with a change. */
export interface Program { id: string; no: string; code: string; name: string; level: string; form: string; years: string; school_years: number; words: string }
export interface Price { program: string; point: string; yuan: string[]; approval: string; valid_from: string; valid_to: string; holds: boolean; words: string }
export interface Places { points: Point[]; programs: Program[]; prices: Price[] }

export const fetchPlaces = (intake: string) => get<Places>(`/intakes/${intake}/places`)
export const savePoint = (intake: string, point: { code: string; name: string; was: string }) => put(`/intakes/${intake}/points`, point)
export const saveProgram = (intake: string, program: Omit<Program, 'id' | 'school_years' | 'words'> & { was: string }) => put(`/intakes/${intake}/programs`, program)
export const saveTuition = (intake: string, price: Omit<Price, 'holds' | 'words'> & { was: string }) => put(`/intakes/${intake}/tuition`, price)
