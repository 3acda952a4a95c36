import type { AttachmentKind } from './attachments'
import { get, post, remove } from './client'
import { upload } from './upload'

/** The one thing that a phone does for the page at a PC (手机继续办理). */
export type HandoffJob = 'camera' | 'files' | 'signature'

export interface Handoff {
  /** Tells this handoff from the login's next one, which another page may have begun. */
  id: string
  state: 'waiting' | 'connected' | 'done' | 'cancelled' | 'expired'
  state_name: string
  expires_at: number
  /** Seconds. */
  expires_in: number
  /** How many files the phone has sent. */
  files: number
}

export interface HandoffCode {
  url: string
  /** The QR code as a data URL. */
  qr: string
  handoff: Handoff
}

/** All that the phone is told: its job, for whom, and how far it is. */
export interface Handed {
  handoff: Handoff
  job: HandoffJob
  target: string
  /** Masked. */
  name: string
  kind: AttachmentKind | null
  attempts_left: number
}

// At the PC.
export const beginHandoff = (job: HandoffJob, target: string) => post<HandoffCode>('/handoff', { job, target })
export const fetchHandoff = () => get<Handoff>('/handoff')
export const cancelHandoff = () => remove<object>('/handoff')
export const takeSignature = () => post<{ signature: string }>('/handoff/signed')
export async function takeFile(): Promise<Blob> {
  const { file } = await post<{ file: string }>('/handoff/file')
  return (await fetch(file)).blob()
}

// On the phone.
export const openHandoff = (token: string) => post<Handed>('/handoff/open', { token })
export const fetchHanded = () => get<Handed>('/handoff/phone')
export const leaveHandoff = () => remove<Handed>('/handoff/phone')
export const handFace = (photo: Blob) => upload<Handed>('/handoff/face', 'photo', photo)
export const handArchive = (photo: Blob) => upload<Handed>('/handoff/archive', 'photo', photo)
export const handFile = (file: Blob, progress?: (share: number) => void) => upload<Handed>('/handoff/files', 'file', file, progress)
export const handSignature = (signature: string) => post<Handed>('/handoff/signature', { signature })
export const finishHandoff = () => post<Handed>('/handoff/done')
