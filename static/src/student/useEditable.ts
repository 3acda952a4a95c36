import { session } from '@/session'

/** What of the form may be changed now: all of an open one, and of a returned one what was returned. */
export function useEditable() {
  /** Why the teacher wants this item, or the items of this page, changed. */
  const reasons = (place: string) =>
    session.me?.returned.filter(({ item, route }) => item === place || route === place).map(({ reason }) => reason) ?? []
  /** The form is in the student's hands, not handed in. */
  const filling = () => session.me?.status === 'open' || session.me?.status === 'returned'
  const mayChange = (place: string) => session.me?.status === 'open' || (session.me?.status === 'returned' && reasons(place).length > 0)
  return { filling, mayChange, reasons }
}
