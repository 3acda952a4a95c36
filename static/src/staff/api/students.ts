import { fileURL, get, post } from './client'
import type { Page } from './jobs'
import type { Order } from './orders'
import type { Case } from './cases'
import type { Approval } from './approvals'

/** What the list of students may be narrowed to; an empty word asks for nothing. */
export interface Query { word: string; intake: string; program: string; point: string; status: string; step: string; stage: string }

/** One line of the list; numbers are masked. */
export interface Student {
  id: string
  name: string
  exam_no: string
  number: string
  id_number: string
  phone: string
  intake: string
  program: string
  level: string
  point: string
  status: string
  status_name: string
  step: string
  step_name: string
}

export interface Choice { id: string; name: string }
export interface IntakeChoice extends Choice { programs: Choice[]; points: Choice[] }
export interface Choices { intakes: IntakeChoice[]; steps: Choice[]; stages: Choice[] }
export interface Counts { rows: { status: string; name: string; count: number }[]; all: number }
export interface Section { title: string; rows: { label: string; value: string }[]; files: { id: string; title: string; mime: string }[] }

/** All that is kept of one student's matter. */
export interface StudentFile extends Student {
  sex: string
  ethnic: string
  id_type: string
  roster_phone: string
  bound: boolean
  wechat: boolean
  grade: number
  face_name: string
  attempts_left: number
  /** When a login code was last sent, and what became of its SMS. */
  last_sms: string
  submit_by: number
  pay_by: number
  /** What this member of staff may do as things stand. */
  acts: string[]
  sections: Section[]
  returned: { item: string; title: string; reason: string }[]
  faces: { id: string; at: number; state_name: string; reason: string; decided_by: string; kept: boolean }[]
  bill: { total_fen: number; covered: boolean; items: { name: string; amount_fen: number }[] } | null
  paid_fen: number
  orders: Order[]
  cases: Case[]
  messages: { name: string; at: number; result: string }[]
  requests: { title: string; state: string; at: number; by: string; text: string }[]
  approvals: Approval[]
}

export interface Line { at: number; kind: string; title: string; text: string; by: string }
export interface Shown { id_number: string; phone: string; roster_phone: string; sections: Section[] }

export const fetchChoices = () => get<Choices>('/students/choices')
export const searchStudents = (query: Query, after: string) => post<Page<Student>>('/students/search', { ...query, after })
export const countStudents = (query: Query) => post<Counts>('/students/counts', query)
export const fetchStudent = (id: string) => get<StudentFile>(`/students/${id}`)
export const fetchTimeline = (id: string) => get<Line[]>(`/students/${id}/timeline`)
export const unmaskStudent = (id: string, reason: string) => post<Shown>(`/students/${id}/unmask`, { reason })
/** One of the acts that the file names, with what it needs beside the student. */
export const actOnStudent = (id: string, act: string, body: object) => post<{ waits?: boolean; code?: string; expires_at?: number }>(`/students/${id}/${act.replace('_', '-')}`, body)
export const attachmentURL = (id: string, file: string) => fileURL(`/students/${id}/files/${file}`)
export const faceURL = (id: string, face: string) => fileURL(`/students/${id}/faces/${face}`)
