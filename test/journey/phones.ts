// A phone beside the PC: a browser of its own, in which nobody is logged in.
import type { Browser, Page } from '@playwright/test'
import type { Person } from './people'
import type { Program } from './program'
import { watchUploads } from './search'
import { Student } from './student'

const chrome = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36'

/** A page in the browser of a phone that is not WeChat. */
export async function phoneBrowser(browser: Browser, program: Program): Promise<Page> {
  const context = await browser.newContext({ userAgent: chrome, viewport: { width: 390, height: 844 }, hasTouch: true })
  await watchUploads(context, program)
  return context.newPage()
}

/** Lets the page at the PC show its code by the button, and opens the code's address on a phone; whoever acts there has no login. */
export async function handOver(pc: Page, button: string, program: Program, person: Person, within = pc.locator('body')) {
  const phone = await phoneBrowser(pc.context().browser()!, program)
  await phone.goto(await codeAddress(pc, () => within.getByRole('button', { name: button }).click()))
  return { phone, hand: new Student(phone, program, person) }
}

/** What the code says that the PC is given by the act. */
export async function codeAddress(pc: Page, act: () => Promise<void>): Promise<string> {
  const answer = pc.waitForResponse((response) => response.url().endsWith('/api/handoff') && response.request().method() === 'POST')
  await act()
  return ((await (await answer).json()) as { url: string }).url
}
