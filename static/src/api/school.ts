import { get } from './client'

export interface Contacts {
  phones: string[]
  email: string
  qq: string
  hours: string
}

export interface Intake {
  id: string
  grade: number
  name: string
  opens_at: number
  closes_at: number
  phase: 'before' | 'open' | 'after'
  window_text: string
}

/** What everybody may see: the school's face, the current intake and how this visit was opened. */
export interface School {
  school: string
  platform: string
  logo: string
  colour: string
  contacts: Contacts
  portal_url: string
  payee: string
  footer: string
  public_url: string
  sandbox_phone: string
  intake: Intake | null
  notice: { title: string; version: string } | null
  /** What stands at the login while codes are paused; '' while they are not. */
  paused: string
  now_at: number
  /** WeChat's authorisation, to be visited once before the login; '' when not needed. */
  oauth: string
  wechat: boolean
  logged_in: boolean
}

export type TextKind = 'notice' | 'privacy' | 'terms' | 'consent' | 'commitment'

/** A versioned text: paragraphs parted by blank lines, "# " headings, "- " list items. */
export interface VersionedText {
  kind: TextKind
  title: string
  version: string
  body: string
  hash: string
}

export interface TuitionRow {
  level: string
  program: string
  form: string
  years: string
  point: string
  /** One amount per academic year, in fen. */
  amounts_fen: number[]
  approval_no: string
}

export interface TuitionList {
  payee: string
  school_year: string
  rows: TuitionRow[]
}

export interface Preparation {
  level?: string
  items: { key: string; title: string; detail: string; example?: string }[]
  minutes: number
}

export const fetchSchool = () => get<School>('/school')
export const fetchText = (kind: TextKind) => get<VersionedText>(`/texts/${kind}`)
export const fetchTuition = () => get<TuitionList>('/tuition')
export const fetchPreparation = (level = '') => get<Preparation>(`/prepare?level=${encodeURIComponent(level)}`)
