import { get, post } from './client'

/** What one group of pages and routes asks for; the table stands in enroll.Permissions. */
export type Permission =
  | 'work' | 'students' | 'unmask' | 'assist' | 'decide' | 'roster' | 'review' | 'applications' | 'intakes' | 'tuition'
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
}

export const fetchMe = () => get<Me>('/me')
export const logout = () => post('/logout')

/** One login of one's own, or one that failed. */
export interface Login { at: number; what: string; address: string }

export const changePassword = (old: string, password: string) => post('/me/password', { old, password })
export const countCodes = () => get<{ left: number }>('/me/codes')
export const renewCodes = () => post<{ codes: string[] }>('/me/codes')
export const fetchLogins = () => get<{ rows: Login[] }>('/me/logins')
