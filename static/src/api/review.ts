import { get, post } from './client'
import type { Problem } from './form'
import type { Bill, Me } from './me'

export interface Review {
  sections: {
    key: string
    title: string
    route: string
    rows: { label: string; value: string; files?: string[] }[]
    problems: Problem[]
  }[]
  complete: boolean
  commitment_needed: boolean
  /** The commitment is signed: submitting is all that is left. */
  signed: boolean
  bill_preview: Pick<Bill, 'total_fen' | 'items'> | null
  /** The words on the button that ends the form. */
  submit_title: string
}

export interface Commitment {
  title: string
  body: string
  version: string
  hash: string
  signed_at: number
  signature_url?: string
  /** The signed commitment as PDF. */
  paper_url?: string
  typed_name?: string
}

export const fetchReview = () => get<Review>('/review')
export const fetchCommitment = () => get<Commitment>('/commitment')
export const signCommitment = (version: string, hash: string, signature: string, typed_name: string) =>
  post<Me>('/commitment', { version, hash, signature, typed_name })
export const submit = () => post<Me>('/submit')
