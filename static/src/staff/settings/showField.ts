/** Brings the setting that a check named into view, and its control under the keyboard. */
export function showField(page: HTMLElement | null, name: unknown) {
  if (!page || typeof name !== 'string' || !name) return
  const titles = page.querySelectorAll<HTMLElement>('label, legend, summary, th, h2, h3')
  const title = [...titles].find((each) => each.textContent?.trim().startsWith(name))
  if (!title) return
  title.scrollIntoView({ block: 'center' })
  const near = title.querySelector<HTMLElement>('input, select, textarea') ?? title.closest('tr, section, fieldset, details')?.querySelector<HTMLElement>('input, select, textarea, button')
  near?.focus({ preventScroll: true })
}
