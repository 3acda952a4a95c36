// What axe finds in a page that has come to rest.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** The serious faults of a page as it stands, a line each; of the named rules only, where some are named. */
export async function graveFaults(page: Page, ...rules: string[]): Promise<string[]> {
  // Half faded words have half the contrast.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.evaluate(rest)
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules.length ? axe.withRules(rules) : axe).analyze()
  await page.emulateMedia({ reducedMotion: null })
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return grave.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.slice(0, 200)}`))
}

/** Waits for all motion that has an end; runs in the page. */
async function rest() {
  const ending = document.getAnimations().filter((motion) => motion.playState === 'running' && motion.effect?.getComputedTiming().endTime !== Infinity)
  await Promise.allSettled(ending.map((motion) => motion.finished))
}
