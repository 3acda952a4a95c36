import { get, post } from './client'

export interface Button { name: string; target: string; ours: boolean; sub: Button[] }
export interface MenuEntry { name: string; page: string }

/** The menu as WeChat has it, and as it would be. */
export interface MenuPlan {
  now: Button[]
  next: Button[]
  now_lines: string[]
  next_lines: string[]
  changed: boolean
  /** Buttons made in the console that the interface would lose. */
  unwritable: string[]
  /** Why ours do not fit. */
  problem: string
}

export interface MenuDesk {
  plan: MenuPlan
  entries: MenuEntry[]
  pages: MenuEntry[]
  history: { id: string; at: number; by: string; lines: string[] }[]
}

/** A kept menu: what a push wrote, or what stood before it. */
export interface Kept { push: string; before: boolean }

export const fetchMenu = () => get<MenuDesk>('/menu')
export const planMenu = (entries: MenuEntry[]) => post<MenuPlan>('/menu/plan', { entries })
export const pushMenu = (entries: MenuEntry[], compared: string[]) => post<MenuDesk>('/menu', { entries, compared })
export const planFormer = (kept: Kept) => post<MenuPlan>('/menu/former', kept)
export const restoreMenu = (kept: Kept, compared: string[]) => post<MenuDesk>('/menu/restore', { ...kept, compared })
