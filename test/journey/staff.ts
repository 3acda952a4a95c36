// A member of staff at a PC.
import { expect, type Locator, type Page } from '@playwright/test'
import { createHmac } from 'node:crypto'
import { graveFaults } from './axe'
import type { Program } from './program'

/** The demo's accounts: two admins, two registrars, finance, and the clerks of two points. */
export type Account = 'admin' | 'admin2' | 'xueji' | 'xueji2' | 'caiwu' | 'dian01' | 'dian02'

const password = 'yan-shi-deng-lu-2026'

const period = 30
/** The last step of 30 seconds whose code was used, by secret: each code opens once. */
const used = new Map<string, number>()

/** Opens the staff site in a browser that nobody is logged in with, and logs in as one of the demo's people. */
export async function loginStaff(page: Page, program: Program, account: Account, path = '/') {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${program.site}/staff/#${path}`)
  await enterPassword(page, account, password)
  await enterCode(page, await totp(await secretOf(program, account)))
  await expect(page.getByRole('navigation', { name: '主菜单' })).toBeVisible()
}

/** The first step of a login. */
export async function enterPassword(page: Page, account: string, word: string) {
  await page.getByLabel('账号', { exact: true }).fill(account)
  await page.getByLabel('密码', { exact: true }).fill(word)
  await page.getByRole('button', { name: '下一步' }).click()
}

/** The second step of a login. */
export async function enterCode(page: Page, code: string) {
  await page.getByLabel('动态口令').fill(code)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** Proves password and authenticator once more, where the dialog of the shell asks for it. */
export async function confirmAgain(page: Page, program: Program, account: Account) {
  const dialog = page.getByRole('dialog', { name: '请再次确认身份' })
  await dialog.getByLabel('密码').fill(password)
  await dialog.getByLabel('动态口令或恢复码').fill(await totp(await secretOf(program, account)))
  await dialog.getByRole('button', { name: '确认' }).click()
}

/** The same where it is asked for: a login of some minutes ago counts, too. */
export async function confirmIfAsked(page: Page, program: Program, account: Account, done: Locator) {
  const asked = page.getByRole('dialog', { name: '请再次确认身份' })
  await expect(asked.or(done)).toBeVisible()
  if (await asked.isVisible()) await confirmAgain(page, program, account)
  await expect(done).toBeVisible()
}

/** Does something in the page, and gives the reason that the server refuses it with. */
export async function refusal(page: Page, path: string, act: () => Promise<void>): Promise<string> {
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/staff' + path))
  await act()
  return ((await (await answer).json()) as { error?: { reason: string } }).error?.reason ?? ''
}

/** Fails where axe finds a serious fault in the page as it stands. */
export async function expectAccessible(page: Page) {
  expect(await graveFaults(page), page.url()).toEqual([])
}

/** With SHOTS=1, a picture of the page in both widths, for the eye; fails where it is wider than the screen. */
export async function shootStaff(page: Page, name: string) {
  if (!process.env.SHOTS) return
  for (const [width, height] of [[1920, 1080], [1280, 800]] as const) {
    await page.setViewportSize({ width, height })
    await page.evaluate(() => scrollTo(0, 0))
    await page.waitForTimeout(250)
    await page.screenshot({ path: `test-results/shots/staff-${name}-${width}.png`, fullPage: true })
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), `${name} at ${width}`).toBeLessThanOrEqual(width)
  }
}

/** What the authenticator on the sandbox's phone was enrolled with. */
async function secretOf(program: Program, account: Account): Promise<string> {
  const entries = await program.sandbox<{ Account: string; Secret: string }[]>('authenticator')
  return entries.find((entry) => entry.Account === account)!.Secret
}

/** A code of the authenticator that was not used yet; waits for the next one where all that open now are used. */
export async function totp(secret: string): Promise<string> {
  const present = () => Math.floor(Date.now() / 1000 / period)
  const step = Math.max((used.get(secret) ?? 0) + 1, present())
  // The server takes the code of the next step too.
  while (step > present() + 1) await new Promise((later) => setTimeout(later, 500))
  used.set(secret, step)
  return codeAt(secret, step)
}

/** RFC 6238 with what every authenticator does: SHA-1, six digits, thirty seconds. */
function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', base32(secret)).update(counter).digest()
  const at = mac[19]! & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function base32(text: string): Buffer {
  const bits = [...text.replace(/\s/g, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
}
