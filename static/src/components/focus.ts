import { nextTick } from 'vue'

/** Brings keyboard, screen reader and eye to the first field that is marked wrong. */
export async function focusFirstWrong(): Promise<void> {
  await nextTick()
  document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}
