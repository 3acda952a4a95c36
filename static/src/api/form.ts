import { get, post, put } from './client'
import type { Me } from './me'

export type SectionKey = 'basic' | 'family' | 'education'

export type Widget =
  | 'plain' | 'text' | 'tel' | 'email' | 'number' | 'picker' | 'area' | 'area_street'
  | 'year' | 'year_month' | 'textarea' | 'tick' | 'rows'

export interface Field {
  key: string
  label: string
  required: boolean
  widget: Widget
  hint?: string
  max?: number
  min?: number
  /** Name of the dictionary that a picker offers. */
  options?: string
  /** A list of the college that helps with typing. */
  suggest?: string
  /** The roster's value of a read-only field. */
  value?: string
  /** Label of the tick that stands for "there is none"; its answer is kept under key + '_none'. */
  none?: string
  /** Asked only while that field has one of the values; '' is empty. */
  when?: { field: string; values: string[] }
  /** The questions of each row of a `rows` field. */
  rows?: Field[]
}

export interface Form {
  sections: { key: SectionKey; title: string; fields: Field[] }[]
  dictionaries: Record<string, { code: string; text: string }[]>
}

export interface Area {
  code: string
  text: string
  street?: string
}

export interface Problem {
  field: string
  reason: string
  message: string
}

export type Content = Record<string, unknown>

export interface Section {
  key: SectionKey
  content: Content
  version: number
  saved_at: number
  device: string
  complete: boolean
  problems: Problem[]
}

/** What a 409 draft_conflict carries: the newer draft of another device. */
export type NewerDraft = Pick<Section, 'version' | 'saved_at' | 'device' | 'content'>

export type Saved = Pick<Section, 'version' | 'saved_at' | 'complete' | 'problems'>

export const fetchForm = () => get<Form>('/form')
export const fetchSchools = async (like: string) => (await get<{ schools: string[] }>(`/schools?like=${encodeURIComponent(like)}`)).schools
export const fetchSection = (key: SectionKey) => get<Section>(`/sections/${key}`)
export const saveSection = (key: SectionKey, version: number, content: Content, force = false) =>
  put<Saved>(`/sections/${key}`, { version, content, force })
export const finishSection = (key: SectionKey) => post<Me>(`/sections/${key}/done`)
