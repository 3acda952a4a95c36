import { post } from './client'
import type { Challenge } from './login'
import type { Me } from './me'

/** What is known of a code that did not arrive; `free_at` is when another may be asked for. */
export interface CodeTrouble {
  phone: string
  asked: number
  most_hour: number
  most_day: number
  free_at: number
  expires_in: number
}

export interface DeskLogin {
  id_type: string
  id_number: string
  name: string
  phone: string
  code: string
}

export const fetchCodeTrouble = (challenge: string) => post<CodeTrouble>('/login/trouble', { challenge })
export const loginByDesk = (entry: DeskLogin) => post<Me>('/login/desk', entry)
/** Sends a code to the phone that is to take the place of the bound one. */
export const requestPhoneCode = (phone: string) => post<Challenge>('/phone/code', { phone })
export const changePhone = (challenge: string, code: string) => post<Me>('/phone', { challenge, code })
