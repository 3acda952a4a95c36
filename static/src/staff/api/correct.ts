import type { CorrectionDraft, CorrectionForm } from '@/api/correction'
import { upload as send } from '@/api/upload'
import { get } from './client'

/** What of a student's roster staff may put right, with the present values. */
export const fetchCorrect = (id: string) => get<CorrectionForm>(`/students/${id}/correct`)
export const correct = (id: string, draft: CorrectionDraft, picture: Blob) =>
  send(`/staff/students/${id}/correct`, 'picture', picture, undefined, { ...draft })
