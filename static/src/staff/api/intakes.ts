import { get, post, put } from './client'
import type { Named } from './roster'

/** One intake in the list. */
export interface IntakeRow {
  id: string
  grade: number
  name: string
  window_text: string
  phase: 'before' | 'open' | 'after'
  phase_name: string
  students: number
  /** The public pages show this one. */
  current: boolean
}

export interface PhotoRule { width: number; height: number; max_bytes: number; min_bytes: number }
export interface Message { wechat: string; keywords: Record<string, string> | null; sms: string; sms_abroad?: string; vars: string[] | null }
export interface Entry { code: string; text: string }
export interface ReviewReason { kind: string; item?: string; text: string }
export interface ReserveRule { code: string; text: string; proof: string; proof_required: boolean; months: number; after_discharge: boolean; resume_proof: string }
export interface Contacts { phones: string[] | null; email: string; qq: string; hours: string }

/** All settings of an intake, with the names of an intake file. */
export interface Settings {
  school: string; platform: string; logo: string; colour: string; contacts: Contacts; portal_url: string; payee: string; footer: string
  school_year: string; refund_rule: string; grace_hours: number; pay_days: number; roster_phone: boolean; phones_abroad?: string[]; face_hours: number; captcha: boolean
  h5_pay: boolean; give_up_by_code: boolean
  review: boolean; first_review?: boolean; in_person_two?: boolean; review_limits?: Record<string, number>; review_reasons?: ReviewReason[]
  photo: PhotoRule; id_photo: PhotoRule; proof: PhotoRule; read_cards?: boolean
  number_rule: string; levels: Record<string, string> | null
  dictionaries?: Record<string, Entry[]>; fields: Record<string, string> | null
  messages: Record<string, Message> | null; sms_full_number: boolean
  reserve: ReserveRule[] | null
}

/** One intake as its pages change it; opens and closes are days, or minutes where they are no whole days. */
export interface Intake {
  id: string
  grade: number
  name: string
  opens: string
  closes: string
  version: number
  phase_name: string
  settings: Settings
  names: Record<string, string>
}

export type Presence = 'required' | 'optional' | 'hidden'

/** What can be chosen on the pages; the same for all intakes. */
export interface Choices {
  levels: string[]
  forms: string[]
  sections: Named[]
  fields: { path: string; label: string; section: string; usual: Presence; levels: string[]; depth: number }[]
  messages: { event: string; name: string; also_sms: boolean; undelivered: boolean }[]
  words: Named[]
  reviews: { kind: string; name: string; days: number; first: boolean }[]
  reasons: ReviewReason[]
  items: Named[]
  reserve: ReserveRule[]
  dictionaries: { name: string; title: string; free: boolean; usual: Entry[] }[]
}

export interface Template { id: string; name: string; content: string; keywords: { keyword: string; label: string; rule: string }[] }
/** `field` is the word of the setting at fault, which stands on the page. */
export interface Finding { ok: boolean; text: string; page: string; field: string }
export interface NumberPreview { samples: { scope: string; next: string; wanted: number }[]; findings: Finding[] }
export interface HistoryLine { at: number; by: string; page: string; title: string; changes: { key: string; name: string; from: unknown; to: unknown }[] }
export interface StaffText { kind: string; name: string; title: string; body: string; version: number; at: number; by: string }

export const fetchIntakes = () => get<{ rows: IntakeRow[]; next: string }>('/intakes')
export const openIntake = (order: { from: string; grade: number; name: string; opens: string; closes: string }) => post<{ id: string }>('/intakes', order)
export const fetchIntake = (id: string) => get<Intake>(`/intakes/${id}`)
export const changeSettings = (id: string, section: string, change: object) => put<Intake>(`/intakes/${id}/settings/${section}`, change)
export const fetchHistory = (id: string) => get<{ rows: HistoryLine[] }>(`/intakes/${id}/history`)
export const checkIntake = (id: string) => get<{ findings: Finding[] }>(`/intakes/${id}/check`)
export const previewNumbers = (id: string, number_rule: string, levels: object) => post<NumberPreview>(`/intakes/${id}/number`, { number_rule, levels })
export const fetchTexts = (id: string) => get<{ texts: StaffText[] }>(`/intakes/${id}/texts`)
export const changeText = (id: string, text: StaffText) => put<StaffText>(`/intakes/${id}/texts/${text.kind}`, { title: text.title, body: text.body, version: text.version })
export const fetchTemplates = () => get<{ templates: Template[] }>('/settings/templates')

let choices: Promise<Choices> | undefined
/** Asked once; they change with the program only. */
export const fetchChoices = () => (choices ??= get<Choices>('/settings/choices').catch((error) => {
  choices = undefined
  throw error
}))
