import { get, post } from './client'

/** What one group of pages and routes asks for; the table stands in enroll.Permissions. */
export type Permission =
  | 'work' | 'students' | 'unmask' | 'assist' | 'decide' | 'remind' | 'roster' | 'review' | 'confirm' | 'applications' | 'settings' | 'intakes' | 'tuition'
  | 'places' | 'menu' | 'push' | 'finance' | 'exports' | 'opening' | 'alerts' | 'accounts'

export type Role = 'admin' | 'registrar' | 'finance' | 'clerk'

/** Who of the college is logged in. */
export interface Me {
  account: string
  name: string
  role: Role
  role_title: string
  /** Code of the clerk's teaching point. */
  point: string
  may: Permission[]
  /** The account ends then, a year after it was made or renewed. */
  expires_at: number
  /** How many recovery codes still open. */
  recovery_left: number
}

/** An entry into one's own account, or an attempt that failed. */
export interface Entry { at: number; what: string; failed: boolean; device: string; address: string }

export const fetchEntries = () => get<{ rows: Entry[] }>('/me/entries')
export const fetchMe = () => get<Me>('/me')
export const logout = () => post('/logout')

export const changePassword = (old: string, password: string) => post('/password', { old, password })
export const renewCodes = () => post<{ codes: string[] }>('/recovery-codes')
