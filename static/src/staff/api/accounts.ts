import { get, post, put, upload } from './client'
import type { Page } from './jobs'
import type { Role } from './me'

export type AccountState = 'new' | 'active' | 'expired' | 'disabled'

/** One account of the college. */
export interface Account {
  id: string
  account: string
  name: string
  role: Role
  role_title: string
  point: string
  state: AccountState
  state_name: string
  expires_at: number
  /** 0 where nobody has logged in yet. */
  seen_at: number
  version: number
}

export interface AccountForm { account: string; name: string; role: Role | ''; point: string }

/** The first password, shown once, to be changed at the first login. */
export interface FirstPassword { password: string }

/** What is taken from an account whose owner lost it. */
export type ResetKind = 'password' | 'totp' | 'all'

/** Somebody asks for password or authenticator to be taken away; another administrator decides. */
export interface Reset {
  id: string
  account: string
  name: string
  what_name: string
  asked_by: string
  reason: string
  asked_at: number
  mine: boolean
}

export const fetchAccounts = (after: string) => get<Page<Account>>('/accounts?after=' + encodeURIComponent(after))
export const addAccount = (form: AccountForm) => post<FirstPassword>('/accounts', form)
/** One row of an imported table: what is wrong with it, or the first password. */
export interface ImportedAccount { no: number; account: string; name: string; role_title: string; point: string; problem: string; password: string }
export const importAccounts = (file: File) => upload<{ rows: ImportedAccount[] }>('/accounts/import', 'file', file)
export const changeAccount = (id: string, form: AccountForm, version: number) => put(`/accounts/${id}`, { ...form, version })
export const disableAccount = (id: string, reason: string) => post(`/accounts/${id}/disable`, { reason })
export const enableAccount = (id: string) => post(`/accounts/${id}/enable`)
export const renewAccount = (id: string) => post(`/accounts/${id}/renew`)
export const issuePassword = (id: string) => post<FirstPassword>(`/accounts/${id}/password`)
export const askReset = (id: string, what: ResetKind, reason: string) => post(`/accounts/${id}/reset`, { what, reason })
export const fetchResets = () => get<{ rows: Reset[] }>('/resets')
export const decideReset = (id: string, confirm: boolean, note: string) => post(`/resets/${id}/decide`, { confirm, note })
export const withdrawReset = (id: string) => post(`/resets/${id}/withdraw`)
