import type { ResumeFact } from '@/api/application'
import { get, post, remove, upload } from './client'

export type ReviewKind = 'face' | 'form' | 'application' | 'correction' | 'proof' | 'name'
export interface Named { code: string; name: string }
export interface ReturnItem { item: string; reason: string }
export interface ReviewItem {
  kind: ReviewKind; kind_name: string; id: string; version: number; student: string; name: string; exam_no: string
  point: string; program: string; since_at: number; due_at: number; lateness: 'in_time' | 'soon' | 'overdue'; asks_first: boolean
  first: { pass: boolean; reason: string; items: ReturnItem[]; by: string; at: number } | null
  claim: { by: string; mine: boolean; since_at: number } | null
}
export interface ReviewQueue {
  rows: ReviewItem[]; next: string; counts: Partial<Record<ReviewKind, number>>; overdue: number
  kinds: Named[]; points: Named[]; programs: Named[]; return_items: Named[]
}
export interface ReviewPicture { key: string; title: string; mime: string; url: string; note: string }
export interface OpenReview extends ReviewItem {
  id_number: string; id_type: string; status: string; pictures: ReviewPicture[]
  compare: { label: string; roster: string; form: string; document: string; differs: boolean }[]
  sections: { title: string; rows: Fact[]; problems: { field: string }[] }[]
  application: { kind: string; title: string; rows: Fact[]; resume: ResumeFact[] } | null
  proof: {
    kind_name: string; code_label: string; code: string; valid_until: string; expiry: string; site: string
    results: Named[]; checks: { result: string; note: string; by: string; at: number }[]
  } | null
  correction: { field: string; from: string; to: string; note: string } | null
  hints: string[]; history: { at: number; title: string; text: string; by: string }[]
  reasons: { item?: string; text: string }[]; outcome: string
  asked: { id: string; name: string; by: string; at: number; mine: boolean } | null
}
export interface Fact { label: string; value: string }
export interface Verdict {
  kind: ReviewKind; id: string; version: number; pass: boolean; reason?: string; items?: ReturnItem[]
  result?: string; note?: string; evidence?: string; without_first?: boolean
}
export interface Preview { kind_name: string; id: string; name: string; exam_no: string; outcome: string; problem: string }

const at = (item: { kind: string; id: string }) => `/review/${item.kind}/${item.id}`

export const fetchQueue = (filter: Record<string, string>) => get<ReviewQueue>('/review?' + new URLSearchParams(filter))
export const openReview = (item: { kind: string; id: string }) => get<OpenReview>(at(item))
export const claimReview = (item: { kind: string; id: string }) => post(at(item) + '/claim')
export const releaseReview = (item: { kind: string; id: string }) => remove(at(item) + '/claim')
export const decideReview = (v: Verdict) => post<{ outcome: 'first' | 'decided' | 'asked' }>(at(v) + '/decide', v)
export const keepEvidence = (item: { kind: string; id: string }, file: File) => upload<{ evidence: string }>(at(item) + '/evidence', 'file', file)
export const previewReviews = (verdicts: Verdict[]) => post<{ rows: Preview[] }>('/review/preview', { verdicts })
export const startReviews = (verdicts: Verdict[]) => post<{ job: string }>('/review/bulk', { verdicts })
