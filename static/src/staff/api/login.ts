import { post } from './client'

/** What is asked for next: the code of the authenticator, its enrolment, a password of one's own; empty when one is in. */
export type Next = '' | 'totp' | 'enrol' | 'password'

export interface Answer { next: Next }

export const login = (account: string, password: string) => post<Answer>('/login', { account, password })
export const confirm = (password: string, code: string) => post('/confirm', { password, code })
