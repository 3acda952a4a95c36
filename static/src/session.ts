import { reactive } from 'vue'
import type { ApiError } from './api/client'
import { fetchMe, type Me } from './api/me'
import { fetchSchool, type School } from './api/school'
import { applyColour } from './theme'

/** What all pages share: the school's face and, once logged in, the student's whole state. */
export const session = reactive({
  school: null as School | null,
  me: null as Me | null,
  /** Why the page asked for cannot be shown; the shell offers 重试. */
  failure: null as ApiError | null,
  /** When the session ends unless something is done; 0 while nobody is logged in. */
  endsAt: 0,
})

/** Loads the school's face once, or again when `fresh` (the window opens while the page stands). */
export async function loadSchool(fresh = false): Promise<School> {
  if (session.school && !fresh) return session.school
  const school = await fetchSchool()
  applyColour(school.colour)
  session.school = school
  return school
}

/** Loads the student's state; a 401 leads to the login page. */
export async function loadMe(): Promise<Me> {
  return (session.me = await fetchMe())
}
