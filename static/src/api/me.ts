import { get, post } from './client'

export interface Option {
  key: 'register' | 'reserve' | 'give_up' | 'resume' | 'leave'
  title: string
  /** What follows from taking this option. */
  text: string
  state: 'available' | 'in_progress' | 'done' | 'locked'
  state_name: string
  /** Why it is locked: which fact, since when, who can undo it. */
  why: string
  /** The hash route behind the option's button. */
  next: string
}

export interface Step {
  key: string
  title: string
  route: string
  state: 'done' | 'open' | 'locked'
  why: string
}

export interface Identity {
  state: 'none' | 'passed' | 'archived' | 'approved' | 'rejected'
  /** This login may see what was stored earlier. */
  verified: boolean
  reason?: string
  attempts_left: number
  consent: 'none' | 'agreed' | 'declined'
  /** Why the face service cannot help, so that a person looks at the photo; '' where it can. */
  by_hand: string
}

export interface Bill {
  total_fen: number
  covered: boolean
  items: { name: string; school_year: string; amount_fen: number }[]
}

/** The whole state of the student's matter; every step answers a new one. */
export interface Me {
  name: string
  level: string
  program: string
  grade: number
  phone: string
  status: string
  status_name: string
  phase: 'before' | 'open' | 'after'
  may_start: boolean
  deadline_at: number
  choices: { registration: string; intake: string; program: string }[] | null
  options: Option[]
  steps: Step[]
  /** The hash route of the first open step. */
  next: string
  identity: Identity
  returned: { item: string; title: string; reason: string; route: string }[]
  number: string
  number_pending: boolean
  bill: Bill | null
  paying: 'none' | 'unpaid' | 'confirming' | 'paid' | 'locked'
  notices: string[]
}

export interface Row {
  key: string
  label: string
  value: string
  masked?: boolean
}

export const fetchMe = () => get<Me>('/me')
export const choose = (registration: string) => post<Me>('/choose', { registration })
export const finishPreparation = () => post<Me>('/prepare/done')
export const answerConsent = (version: string, agree: boolean) => post<Me>('/consent', { version, agree })
export const fetchIdentity = () => get<{ rows: Row[] }>('/identity')
export const fetchFullNumber = () => get<{ number_full?: string }>('/identity?show=1')
export const confirmIdentity = () => post<Me>('/identity/confirm')
export const amend = () => post<Me>('/amend')
