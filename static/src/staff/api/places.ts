import { get, put, remove } from './client'

/** `retired_from` is the day from which no new students come; `words` tell a place as it was read, and go back with a change. */
export interface Point { id: string; code: string; name: string; retired_from: string; retired: boolean; words: string }

export interface Program { id: string; no: string; code: string; name: string; level: string; form: string; years: string; school_years: number; retired_from: string; retired: boolean; words: string }
export interface Price { program: string; point: string; yuan: string[]; approval: string; valid_from: string; valid_to: string; holds: boolean; words: string }
export interface Places { points: Point[]; programs: Program[]; prices: Price[] }

export const fetchPlaces = (intake: string) => get<Places>(`/intakes/${intake}/places`)
export const savePoint = (intake: string, point: { code: string; name: string; retired_from: string; was: string }) => put(`/intakes/${intake}/points`, point)
export const saveProgram = (intake: string, program: Omit<Program, 'id' | 'school_years' | 'retired' | 'words'> & { was: string }) => put(`/intakes/${intake}/programs`, program)
export const saveTuition = (intake: string, price: Omit<Price, 'holds' | 'words'> & { was: string }) => put(`/intakes/${intake}/tuition`, price)

const was = (words: string) => `was=${encodeURIComponent(words)}`
export const dropPoint = (intake: string, { code, words }: Point) => remove(`/intakes/${intake}/points/${encodeURIComponent(code)}?${was(words)}`)
export const dropProgram = (intake: string, { no, words }: Program) => remove(`/intakes/${intake}/programs/${encodeURIComponent(no)}?${was(words)}`)
export const dropTuition = (intake: string, { program, point, words }: Price) => remove(`/intakes/${intake}/tuition/${program}?point=${point}&${was(words)}`)
