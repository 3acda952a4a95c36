// What every student page must be for everybody's eyes and hands, as it stands by day and by night.
import { expect, type Page } from '@playwright/test'
import { graveFaults } from './axe'

/** The widest screen at 200 % of a phone that is 360 wide. */
const magnified = { width: 180, height: 370 }
const phone = { width: 390, height: 844 }
/** WeChat's largest letters. */
const largestFont = 1.6

/** Hash routes that were looked at. */
export const seen = new Set<string>()

/** Looks at a page as axe does, with fingers, magnified and with the largest letters; SHOTS=1 takes pictures besides. */
export async function look(page: Page, name: string) {
  seen.add(new URL(page.url()).hash.slice(1).split('?')[0]!)
  expect.soft(await graveFaults(page), name).toEqual([])
  expect.soft(await page.evaluate(smallTargets), `${name}: too small to be tapped`).toEqual([])
  if (process.env.SHOTS) await shoot(page, `${name}-day`)
  await page.emulateMedia({ colorScheme: 'dark' })
  expect.soft(await graveFaults(page, 'color-contrast'), `${name} by night`).toEqual([])
  if (process.env.SHOTS) await shoot(page, `${name}-night`)
  await page.emulateMedia({ colorScheme: 'light' })
  await expectNarrow(page, name)
}

/** Nothing needs sideways scrolling, neither at 200 % nor with the largest letters. */
async function expectNarrow(page: Page, name: string) {
  await page.setViewportSize(magnified)
  expect.soft(await page.evaluate(tooWide), `${name} at 200 %`).toEqual([])
  if (process.env.SHOTS) await page.screenshot({ path: `test-results/shots/${name}-200.png`, fullPage: true })
  await page.setViewportSize({ width: 360, height: 740 })
  await page.evaluate(enlarge, largestFont)
  expect.soft(await page.evaluate(tooWide), `${name} with the largest letters`).toEqual([])
  if (process.env.SHOTS) await page.screenshot({ path: `test-results/shots/${name}-large.png`, fullPage: true })
  await page.evaluate(enlarge, 1)
  await page.setViewportSize(phone)
}

async function shoot(page: Page, name: string) {
  for (const [width, height] of [[360, 740], [390, 844], [1280, 800]] as const) {
    await page.setViewportSize({ width, height })
    await page.waitForTimeout(250)
    await page.screenshot({ path: `test-results/shots/${name}-${width}.png`, fullPage: true })
    expect.soft(await page.evaluate(tooWide), `${name} at ${width}`).toEqual([])
  }
  await page.setViewportSize(phone)
}

/** What sticks out of a page that is wider than its screen; runs in the page. */
function tooWide(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return []
  const out = [...document.querySelectorAll('#app *, body > *')].filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
  return [`${scrollWidth} > ${clientWidth}`, ...out.slice(-3).map((one) => one.outerHTML.slice(0, 120))]
}

/** Makes all letters larger, as Android's WeChat does; 1 undoes it. Runs in the page. */
function enlarge(by: number) {
  const all = [...document.querySelectorAll<HTMLElement>('body, body *')]
  for (const one of all) one.style.removeProperty('font-size')
  if (by === 1) return
  const sizes = all.map((one) => parseFloat(getComputedStyle(one).fontSize))
  all.forEach((one, i) => one.style.setProperty('font-size', `${sizes[i]! * by}px`, 'important'))
}

/** What is meant to be tapped and is smaller than a fingertip; links within a sentence may be. Runs in the page. */
function smallTargets(): string[] {
  const fingertip = 43.5
  const small: string[] = []
  for (const one of document.querySelectorAll<HTMLElement>('a[href], button, select, textarea, input, [role=button]')) {
    if (one.matches('.visually-hidden, :disabled, [aria-hidden=true]') || one.closest('[inert]')) continue
    if (getComputedStyle(one).display === 'inline' && one.closest('p, li, dd, td, .note')) continue
    const box = (one.matches('[type=checkbox], [type=radio]') ? (one.closest('label') ?? one) : one).getBoundingClientRect()
    if (box.width > 0 && (box.width < fingertip || box.height < fingertip)) small.push(`${Math.round(box.width)}×${Math.round(box.height)} ${one.outerHTML.slice(0, 120)}`)
  }
  for (const label of document.querySelectorAll<HTMLElement>('label:has(input[type=file])')) {
    const { width, height } = label.getBoundingClientRect()
    if (width > 0 && (width < fingertip || height < fingertip)) small.push(`${width}×${height} ${label.outerHTML.slice(0, 120)}`)
  }
  return small
}
