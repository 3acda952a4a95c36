import { get, post, put, upload } from './client'
import type { Page } from './jobs'
import type { Role } from './me'

/** One account of the college. */
export interface Account {
  id: string
  account: string
  name: string
  role: Role
  role_title: string
  point: string
  created_at: number
  expires_at: number
  /** 0 where nobody has logged in yet. */
  seen_at: number
  /** 0 while it is in use. */
  disabled_at: number
  version: number
}

export interface AccountForm { account: string; name: string; role: Role | ''; point: string }

/** The first password, shown once, to be changed at the first login. */
export interface FirstPassword { password: string }

/** Somebody asks for password and authenticator to be set anew; somebody else approves. */
export interface Reset { id: string; staff: string; account: string; name: string; asked_by: string; reason: string; asked_at: number; mine: boolean }

/** What became of one row of an import. */
export interface ImportedRow { row: number; account: string; name: string; password: string; error: string }

export const fetchAccounts = (after: string) => get<Page<Account>>('/accounts?after=' + encodeURIComponent(after))
export const addAccount = (form: AccountForm) => post<FirstPassword>('/accounts', form)
export const changeAccount = (id: string, form: AccountForm, version: number) => put(`/accounts/${id}`, { ...form, version })
export const disableAccount = (id: string, reason: string) => post(`/accounts/${id}/disable`, { reason })
export const renewAccount = (id: string) => post(`/accounts/${id}/renew`)
export const askReset = (id: string, reason: string) => post(`/accounts/${id}/reset`, { reason })
export const fetchResets = () => get<{ rows: Reset[] }>('/resets')
export const approveReset = (id: string) => post<FirstPassword>(`/resets/${id}/approve`)
export const refuseReset = (id: string) => post(`/resets/${id}/refuse`)
export const importAccounts = (file: File) => upload<{ rows: ImportedRow[] }>('/accounts/import', 'file', file)
