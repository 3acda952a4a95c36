import { get, post, put, remove } from './client'
import type { Problem } from './form'
import type { Me } from './me'
import { upload } from './upload'

export interface StoredFile {
  id: string
  kind: string
  mime: string
  bytes: number
  width: number
  height: number
  /** Of a PDF, where they can be told. */
  pages?: number
  url: string
  created_at: number
}

export interface AttachmentKind {
  /** id_front, id_back, photo, proof, name_change, other; or the kind of an application. */
  key: string
  title: string
  hint: string
  required: boolean
  max_files: number
  /** How many pages all files may have together, a picture being one; missing where any number. */
  max_pages?: number
  accept: string[]
  max_bytes: number
  min_bytes: number
  width?: number
  height?: number
  files: StoredFile[]
  /** The identity card is being read; asking again soon tells what of it to look at again. */
  reading: boolean
  warnings: Problem[]
}

export interface Proof {
  /** `code_label` names the number on the paper; `expires` asks for 有效期至. */
  kinds: { code: string; text: string; code_label: string; expires: boolean }[]
  kind: string
  code: string
  valid_until: string
  /** What may make the proof come back. */
  warnings: Problem[]
}

export interface Attachments {
  kinds: AttachmentKind[]
  proof: Proof
  problems: Problem[]
  complete: boolean
}

export const fetchAttachments = () => get<Attachments>('/attachments')
export const uploadAttachment = (kind: string, file: Blob, progress?: (share: number) => void) =>
  upload<Attachments>(`/attachments/${kind}`, 'file', file, progress)
export const removeAttachment = (id: string) => remove<Attachments>(`/attachments/${id}`)
export const saveProof = (kind: string, code: string, validUntil: string) =>
  put<Attachments>('/attachments/proof', { kind, code, valid_until: validUntil })
export const finishAttachments = () => post<Me>('/attachments/done')

/** Where files go and what is kept after each change. */
export interface FileStore {
  /** Files wait in the page until they are handed in with the rest. */
  held?: boolean
  upload: (kind: string, file: Blob, progress?: (share: number) => void) => Promise<{ kinds: AttachmentKind[] }>
  /** Missing where what was sent cannot be taken back from here. */
  remove?: (id: string) => Promise<{ kinds: AttachmentKind[] }>
  /** What is kept once a phone has sent files for this page at a PC (手机继续办理); missing where none may. */
  fetch?: () => Promise<{ kinds: AttachmentKind[] }>
}

/** The files of the registration form. */
export const formFiles: FileStore = { upload: uploadAttachment, remove: removeAttachment, fetch: fetchAttachments }
