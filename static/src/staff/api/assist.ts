import type { ApplicationForm, ApplicationKind, Draft, Mark } from '@/api/application'
import type { Attachments, FileStore } from '@/api/attachments'
import type { Content, Form, Saved, Section, SectionKey } from '@/api/form'
import type { Step } from '@/api/me'
import type { Commitment, Review } from '@/api/review'
import { get, post, put, remove, upload } from './client'

/** How one student's form stands at the counter. */
export interface Assist {
  name: string
  exam_no: string
  program: string
  phone: string
  status: string
  status_name: string
  editable: boolean
  /** The identity was checked, by face, by an archive or in person. */
  seen: boolean
  face_name: string
  commitment: boolean
  submit_by: number
  /** Who is at it; only one's own can be worked on. */
  open: { account: string; at: number; until: number; mine: boolean } | null
  steps: Step[]
  returned: { item: string; title: string; reason: string }[]
  /** What the student may ask for at the counter instead of, or after, the form. */
  applications: { kind: ApplicationKind; name: string }[]
}

export interface Meeting { student: string; phone: string; note: string; photo: string }

const at = (id: string) => `/students/${id}/assist`

export const fetchAssist = (id: string) => get<Assist>(at(id))
export const beginAssist = (id: string, reason: string) => post<Assist>(at(id), { reason })
export const endAssist = (id: string) => remove<Assist>(at(id))
export const meet = (meeting: Meeting) => post<{ waits: boolean }>('/in-person', meeting)

export const fetchFacts = (id: string) => get<{ rows: { key: string; label: string; value: string }[] }>(`${at(id)}/identity`)
export const confirmFacts = (id: string) => post<Assist>(`${at(id)}/identity/confirm`)

export const fetchForm = (id: string) => get<Form>(`${at(id)}/form`)
export const schoolsOf = (id: string) => async (like: string) =>
  (await get<{ schools: string[] }>(`${at(id)}/schools?like=${encodeURIComponent(like)}`)).schools
export const draftOf = (id: string) => ({
  fetch: (key: SectionKey) => get<Section>(`${at(id)}/sections/${key}`),
  save: (key: SectionKey, version: number, content: Content, force: boolean) =>
    put<Saved>(`${at(id)}/sections/${key}`, { version, content, force }),
})

export const fetchAttachments = (id: string) => get<Attachments>(`${at(id)}/attachments`)
export const filesOf = (id: string): FileStore => ({
  upload: (kind, file, progress) => upload<Attachments>(`${at(id)}/attachments/${kind}`, 'file', file, progress),
  remove: (file) => remove<Attachments>(`${at(id)}/attachments/${file}`),
})
export const saveProof = (id: string) => (kind: string, code: string, valid_until: string) =>
  put<Attachments>(`${at(id)}/attachments/proof`, { kind, code, valid_until })

export const fetchCommitment = (id: string) => get<Commitment>(`${at(id)}/commitment`)
export const signCommitment = (id: string, letter: Commitment, signature: string) =>
  post<Assist>(`${at(id)}/commitment`, { version: letter.version, hash: letter.hash, signature })
export const fetchReview = (id: string) => get<Review>(`${at(id)}/review`)
export const handIn = (id: string) => post<Assist>(`${at(id)}/submit`)

const asking = (id: string, kind: ApplicationKind) => `${at(id)}/applications/${kind}`
export const fetchApplication = (id: string, kind: ApplicationKind, ask: Record<string, string>) =>
  get<ApplicationForm>(`${asking(id, kind)}?${new URLSearchParams(ask)}`)
export const checkApplication = (id: string, kind: ApplicationKind, draft: Draft) => post(`${asking(id, kind)}/check`, draft)
export const fileApplication = (id: string, kind: ApplicationKind, draft: Draft) => post<Assist>(asking(id, kind), draft)
export const compareSentence = (id: string) => (text: string) => post<{ same: boolean; marks: Mark[] }>(`${at(id)}/sentence`, { text })
export const papersOf = (id: string, kind: ApplicationKind): FileStore => ({
  upload: async (_key, file, progress) => ({ kinds: [(await upload<ApplicationForm>(`${asking(id, kind)}/files`, 'file', file, progress)).paper] }),
  remove: async (file) => ({ kinds: [(await remove<ApplicationForm>(`${asking(id, kind)}/files/${file}`)).paper] }),
})
