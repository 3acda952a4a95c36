import { reactive } from 'vue'
import type { ApiError } from '@/api/client'
import { fetchSchool, type School } from '@/api/school'
import { applyColour } from '@/theme'
import { fetchMe, type Me, type Permission } from './api/me'

/** What all pages share: the school's face and who is logged in. */
export const session = reactive({
  school: null as School | null,
  me: null as Me | null,
  /** Why the last session was over before its owner left. */
  ended: null as ApiError | null,
  /** Why a page could not be opened. */
  failure: null as ApiError | null,
})

export async function loadSession() {
  session.school ??= await fetchSchool()
  applyColour(session.school.colour)
  session.me ??= await fetchMe()
}

/** Says whether the person who is logged in holds a permission. */
export const may = (permission: Permission) => session.me?.may.includes(permission) ?? false
