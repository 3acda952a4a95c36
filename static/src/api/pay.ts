import { get, post } from './client'
import type { Bill, Me } from './me'

export type Channel = 'jsapi' | 'native' | 'h5'

export interface PayBill {
  payee: string
  school_year: string
  items: Bill['items']
  total_fen: number
  refund_rule: string
  rule: string
  paid_fen: number
  channels: Channel[]
  deadline_at: number
  live: { channel: Channel; expires_at: number } | null
  /** Money that came is being looked at by a person; nothing can be paid meanwhile. */
  locked: boolean
}

/** What WeixinJSBridge asks for, signed by the server. */
export interface JsapiRequest {
  appId: string
  timeStamp: string
  nonceStr: string
  package: string
  signType: string
  paySign: string
}

export interface Payment {
  order: string
  channel: Channel
  jsapi?: JsapiRequest
  code_url?: string
  /** The QR code as a data URL. */
  qr?: string
  h5_url?: string
  expires_at: number
}

export type PayAnswer = Payment | { settled: true; me: Me }

export interface PayStatus {
  state: 'unpaid' | 'confirming' | 'paid_number_pending' | 'done' | 'closed' | 'locked'
  state_name: string
  number: string
}

export const fetchBill = () => get<PayBill>('/bill')
export const pay = (channel: Channel) => post<PayAnswer>('/pay', { channel })
export const fetchPayStatus = () => get<PayStatus>('/pay/status')
export const checkPayment = () => post<PayStatus>('/pay/check')
