import type { AttachmentKind, FileStore, StoredFile } from './attachments'
import { get, post, remove } from './client'
import type { Event } from './done'
import type { Challenge } from './login'
import type { Me } from './me'
import { upload } from './upload'

export type ApplicationKind = 'reserve' | 'give_up' | 'resume' | 'leave'

export interface Fact {
  label: string
  value: string
}

export interface ReserveReason {
  code: string
  text: string
  proof: string
  proof_required: boolean
  months: number
  /** The months count from the end of military service. */
  after_discharge: boolean
  /** 0 while the end of military service is not named. */
  until_at: number
}

export interface ResumeFact {
  label: string
  old: string
  new: string
}

export interface ResumeOffer {
  intake: string
  until_at: number
  programs: { id: string; text: string }[]
  points: { id: string; text: string }[]
  program: string
  point: string
  /** The new roster has placed the student already: nothing is to be chosen. */
  linked: boolean
  facts: ResumeFact[]
}

export interface ApplicationForm {
  kind: ApplicationKind
  name: string
  title: string
  facts: Fact[]
  reasons: ReserveReason[]
  paper: AttachmentKind
  /** What is to be typed under a give-up. */
  sentence: string
  least: number
  most: number
  /** Where the code goes, masked. */
  phone: string
  resume: ResumeOffer | null
}

export interface Draft {
  reason: string
  discharge: string
  text: string
  sentence: string
  program: string
  point: string
  signature: string
  /** The name under a photographed signature. */
  typed_name: string
}

export interface Mark {
  text: string
  state: 'same' | 'extra' | 'missing'
}

export interface Application {
  id: string
  kind: ApplicationKind
  title: string
  state: 'pending' | 'granted' | 'refused' | 'withdrawn'
  state_name: string
  facts: Fact[]
  resume: ResumeFact[]
  why: string
  text: string
  sentence: string
  until_at: number
  filed_at: number
  /** The office that filed it for the student. */
  filed_by: string
  decided_at: number
  decided_for: string
  files: StoredFile[]
  signature_url: string
  typed_name: string
  events: Event[]
}

const path = (kind: ApplicationKind) => `/applications/${kind}`

export const fetchForm = (kind: ApplicationKind, ask: Record<string, string> = {}) =>
  get<ApplicationForm>(`${path(kind)}?${new URLSearchParams(ask)}`)
export const checkApplication = (kind: ApplicationKind, draft: Draft) => post(`${path(kind)}/check`, draft)
export const requestApplicationCode = (kind: ApplicationKind, draft: Draft) => post<Challenge>(`${path(kind)}/code`, draft)
export const fileApplication = (kind: ApplicationKind, draft: Draft, challenge: string, code: string) =>
  post<Me>(path(kind), { ...draft, challenge, code })
export const compareSentence = (text: string) => post<{ same: boolean; marks: Mark[] }>('/sentence', { text })
export const fetchApplication = () => get<Application>('/application')
export const withdraw = () => post<Me>('/application/withdraw')

/** Where the files of an application go. */
export const filesOf = (kind: ApplicationKind): FileStore => ({
  upload: async (_key, file, progress) => ({ kinds: [(await upload<ApplicationForm>(`${path(kind)}/files`, 'file', file, progress)).paper] }),
  remove: async (id) => ({ kinds: [(await remove<ApplicationForm>(`${path(kind)}/files/${id}`)).paper] }),
  fetch: async () => ({ kinds: [(await fetchForm(kind)).paper] }),
})
