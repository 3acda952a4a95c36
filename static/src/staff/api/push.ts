import { download, get, poll, post, put, upload } from './client'
import type { Page } from './jobs'
import type { Named } from './roster'

export type PushState = 'draft' | 'pending' | 'building' | 'running' | 'paused' | 'stopped' | 'cancelled' | 'done'
export type PushVerb = 'start' | 'approve' | 'pause' | 'resume' | 'cancel' | 'resend'
export type Carrier = 'template' | 'subscribe' | 'sms'

export const pushTones = {
  draft: 'info', pending: 'warn', building: 'info', running: 'info', paused: 'warn', stopped: 'bad', cancelled: 'info', done: 'good',
} as const
export const recipientTones = {
  waiting: 'info', sending: 'info', accepted: 'good', delivered: 'good', failed: 'bad', unknown: 'warn', dropped: 'info',
} as const

export interface Count extends Named { count: number }

/** A notice to many, with its figures; `verbs` are what may be done to it now by whoever looks. */
export interface Push {
  id: string
  intake: string
  title: string
  occasion: string
  carrier: string
  state: PushState
  state_name: string
  ended: boolean
  reason: string
  detail: string
  next_at: number
  total: number
  done: number
  counts: Count[]
  failures: Count[]
  made_by: string
  approved_by: string
  created_at: number
  started_at: number
  ended_at: number
  /** How often the draft was changed; who has not seen the last one does not change or start it. */
  version: number
  /** WeChat reports deliveries; without that a message is 已受理 at best. */
  confirms: boolean
  verbs: PushVerb[]
}

export interface Keyword { keyword: string; label: string; text: string }

/** What is said, by which carrier; texts hold fields of the student as {name}. */
export interface Letter {
  carrier: Carrier
  sms_fallback: boolean
  template: string
  name: string
  keywords: Keyword[]
  sms: string
  vars: string[]
  link: string
}

/** To whom; empty lists are everybody, `listed` is how many an uploaded file names. */
export interface Selection {
  statuses?: string[]
  steps?: string[]
  points?: string[]
  programs?: string[]
  money?: string
  listed?: number
}

export interface PushFile extends Push { occasion_key: string; letter: Letter; selection: Selection }

export interface Choices {
  intakes: Named[]
  intake: string
  occasions: Named[]
  carriers: Named[]
  fields: Named[]
  links: Named[]
  statuses: Named[]
  steps: Named[]
  points: Named[]
  programs: Named[]
  account: boolean
  reminder_sms: string
}

export interface Template { id: string; name: string; content: string; keywords: { keyword: string; label: string; rule: string }[] }

export interface Problem { exam_no: string; name: string; keyword: string; value: string; rule: string }

/** What there is to know before anything is sent. */
export interface Check {
  total: number
  wechat: number
  sms: number
  neither: number
  problems: Problem[]
  problem_count: number
  unknown: string[]
  marketing: string[]
  quota_left: number
  budget_left_fen: number
  cost_fen: number
  approval: boolean
  approve_above: number
  ends_at: number
}

export interface Line { label: string; value: string }

export interface Preview {
  exam_no: string
  name: string
  carrier: Carrier
  failure: string
  title: string
  lines: Line[]
  sms: string
  problem: Problem | null
}

export interface Recipient {
  id: string
  student: string
  exam_no: string
  name: string
  carrier: string
  state: keyof typeof recipientTones
  state_name: string
  failure: string
  code: string
  at: number
}

export interface Draft { intake: string; title: string; occasion: string; letter: Letter; selection: Selection; version: number; unlisted?: boolean }

/** One rule by which an intake reminds by itself; its days count back from an end where `before`. */
export interface Reminder { rule: string; name: string; days: number[]; before: boolean; on: boolean; sent: number }

export interface Reminders { intakes: Named[]; intake: string; version: number; rows: Reminder[] }

export const fetchPushes = (after: string) => get<Page<Push>>(`/push?after=${after}`)
export const fetchPush = (id: string) => get<PushFile>(`/push/${id}`)
export const watchPush = (id: string) => poll<PushFile>(`/push/${id}`)
export const fetchChoices = (intake = '') => get<Choices>(`/push/choices?intake=${intake}`)
export const fetchTemplates = (carrier: Carrier) => get<Template[]>(`/push/templates?carrier=${carrier}`)
export const fetchSMS = (template: string) => get<{ words: string; variables: number }>(`/push/sms/${encodeURIComponent(template)}`)
export const keepPush = (id: string, draft: Draft) => (id ? put<PushFile>(`/push/${id}`, draft) : post<PushFile>('/push', draft))
/** `others` is how many cells of the file are no 考生号. */
export const listPush = (id: string, version: number, file: File) =>
  upload<{ listed: number; others: number }>(`/push/${id}/list?version=${version}`, 'file', file)
export const checkPush = (id: string) => post<Check>(`/push/${id}/check`)
export const previewPush = (id: string, skip: number) => get<Preview[]>(`/push/${id}/preview?skip=${skip}`)
export const testPush = (id: string, to: string) => post(`/push/${id}/test`, { to })
export const startPush = (id: string, version: number, at: number) => post<PushFile>(`/push/${id}/start`, { version, at })
export const doPush = (id: string, verb: PushVerb) => post<PushFile>(`/push/${id}/${verb}`)
export const resendPush = (id: string, state: string) => post<PushFile>(`/push/${id}/resend`, { state })
export const fetchRecipients = (id: string, state: string, after: string) =>
  get<Page<Recipient>>(`/push/${id}/recipients?state=${state}&after=${after}`)
export const saveFailures = (id: string) => download(`/push/${id}/failures/file`)
export const fetchReminders = (intake = '') => get<Reminders>(`/push/reminders?intake=${intake}`)
export const setReminder = (intake: string, version: number, rule: string, on: boolean, days: number[]) =>
  put<Reminders>(`/push/reminders/${rule}?intake=${intake}`, { intake, version, on, days })
