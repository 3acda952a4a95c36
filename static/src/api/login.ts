import { get, post } from './client'
import type { Me } from './me'

export interface CodeRequest {
  id_type: string
  id_number: string
  phone: string
  captcha_id?: string
  captcha?: string
}

export interface Challenge {
  challenge: string
  /** Seconds until another code may be asked for. */
  resend_in: number
  expires_in: number
  message: string
}

export const fetchCaptcha = () => get<{ captcha_id: string; image: string }>('/login/captcha')
export const requestCode = (request: CodeRequest) => post<Challenge>('/login/code', request)
export const login = (challenge: string, name: string, code: string) => post<Me>('/login', { challenge, name, code })
export const logout = () => post('/logout')
