import { get, post } from './client'
import type { Page } from './jobs'

/** An act that one person asked for and another decides. */
export interface Approval {
  id: string
  name: string
  student: string
  who: string
  exam_no: string
  status: string
  reason: string
  state: string
  state_name: string
  asked_by: string
  asked_at: number
  decided_by: string
  decided_at: number
  note: string
  mine: boolean
  may_decide: boolean
}

export const fetchApprovals = (after: string) => get<Page<Approval>>(`/approvals?after=${after}`)
export const confirmApproval = (id: string) => post(`/approvals/${id}/confirm`)
export const refuseApproval = (id: string, reason: string) => post(`/approvals/${id}/refuse`, { reason })
export const withdrawApproval = (id: string) => post(`/approvals/${id}/withdraw`)
