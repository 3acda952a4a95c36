import type { AttachmentKind } from './attachments'
import { get, remove } from './client'
import { upload } from './upload'

export interface Correction {
  id: string
  label: string
  from: string
  to: string
  state: 'pending' | 'granted' | 'refused' | 'withdrawn'
  state_name: string
  filed_at: number
  decided_at: number
  /** The teacher's words. */
  decided_for: string
}

export interface CorrectionField {
  key: string
  label: string
  /** What stands now. */
  value: string
  widget: 'name' | 'sex' | 'ethnic' | 'document' | 'point' | 'grade' | 'program'
  /** The student waits for the answer. */
  blocks: boolean
}

export interface CorrectionForm {
  fields: CorrectionField[]
  documents: { code: string; text: string }[]
  sexes: string[]
  ethnics: string[]
  points: { id: string; text: string }[]
  programs: { id: string; text: string }[]
  paper: AttachmentKind
  filed: Correction[]
}

export interface CorrectionDraft {
  field: string
  value: string
  id_type: string
  note: string
}

export interface NameCheck {
  name: string
  phone: string
  paper: AttachmentKind
  filed: Correction[]
}

export const fetchCorrections = () => get<CorrectionForm>('/corrections')
export const fileCorrection = (draft: CorrectionDraft, picture: Blob) =>
  upload<CorrectionForm>('/corrections', 'picture', picture, undefined, { ...draft })
export const withdrawCorrection = (id: string) => remove<CorrectionForm>(`/corrections/${id}`)
export const fetchNameCheck = () => get<NameCheck>('/name-check')
export const fileNameCheck = (name: string, picture: Blob) => upload<NameCheck>('/name-check', 'picture', picture, undefined, { name })
