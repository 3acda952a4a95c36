import { get, post, remove } from './client'
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
  /** The link by which somebody else was asked to pay, while it can be used. */
  link: { expires_at: number } | null
  wechat: Elsewhere
}

/** Where WeChat opens what another browser cannot pay: an address to copy, and its code to save. */
export interface Elsewhere {
  url: string
  /** The QR code as a data URL. */
  qr: string
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
  /** The order that can be paid now; another one than this page's where another device has taken over. */
  live: { order: string; channel: Channel } | null
}

/** A link for whoever pays for the student; it is told this once. */
export interface PayLink {
  url: string
  qr: string
  expires_at: number
}

/** What somebody sees who was asked to pay: the name is masked. */
export interface Favour extends Omit<PayBill, 'rule' | 'live' | 'link' | 'locked'> {
  name: string
  state: PayStatus['state']
  state_name: string
  live: PayStatus['live']
}

export const fetchBill = () => get<PayBill>('/bill')
export const pay = (channel: Channel) => post<PayAnswer>('/pay', { channel })
export const fetchPayStatus = () => get<PayStatus>('/pay/status')
export const checkPayment = () => post<PayStatus>('/pay/check')
export const askForPayment = () => post<PayLink>('/pay/link')
export const revokePayLink = () => remove<object>('/pay/link')
export const fetchFavour = (token: string) => get<Favour>(`/pay-for/${token}`)
export const payFor = (token: string, channel: Channel) => post<Payment>(`/pay-for/${token}`, { channel })
