import { get } from './client'
import type { Page } from './jobs'

/** Something that WeChat Pay said about an order. */
export interface MoneyFact { at: number; source: string; state: string; amount_fen: number }

export interface Order {
  id: string
  student: string
  name: string
  exam_no: string
  trade_no: string
  channel: string
  amount_fen: number
  refunded_fen: number
  status: string
  status_name: string
  created_at: number
  paid_at: number
  transaction: string
  late: boolean
  facts: MoneyFact[]
}

export const fetchOrders = (status: string, after: string) => get<Page<Order>>(`/orders?status=${status}&after=${after}`)
export const fetchFacts = (id: string) => get<MoneyFact[]>(`/orders/${id}/facts`)
