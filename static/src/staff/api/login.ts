import { get, post } from './client'

/** What is asked for next: the code of the authenticator, its enrolment, a password of one's own; empty when one is in. */
export type Next = '' | 'totp' | 'enrol' | 'password'

export interface Answer { next: Next }

/** What an authenticator needs: the secret in letters, and the same as the address that the QR code holds. */
export interface Enrolment { secret: string; uri: string }

/** Shown once: each opens the account one time without the authenticator. */
export interface Enrolled extends Answer { codes: string[] }

export const login = (account: string, password: string) => post<Answer>('/login', { account, password })
export const enterTotp = (code: string) => post<Answer>('/totp', { code })
export const fetchEnrolment = () => get<Enrolment>('/enrol')
export const enrol = (code: string) => post<Enrolled>('/enrol', { code })
export const recover = (code: string) => post<Answer>('/recover', { code })
export const setPassword = (password: string) => post<Answer>('/password', { password })
export const confirm = (password: string, code: string) => post('/confirm', { password, code })
