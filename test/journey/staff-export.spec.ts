// Files that leave the house: masked by default, after a fresh proof, and only for who made them.
import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { zhang } from './people'
import { started } from './program'
import { confirmIfAsked, expectAccessible, loginStaff } from './staff'

const program = started()

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function ready(page: Page) {
  await expect(page.getByRole('status').filter({ hasText: '符合条件的学生' })).toContainText(/\d+ 人/)
}

async function taken(page: Page): Promise<string> {
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: /^下载 / }).click()
  return readFileSync(await (await download).path(), 'utf8')
}

test('the registrar exports a list, masked and whole, and the register with its widths', async ({ page }) => {
  await loginStaff(page, program, 'xueji', '/exports')
  await ready(page)
  await expectAccessible(page)
  await page.getByLabel('格式').selectOption('csv')
  await button(page, '开始导出').click()
  await confirmIfAsked(page, program, 'xueji', page.getByRole('link', { name: /^下载 / }))
  const masked = await taken(page)
  expect(masked).toContain('3201**********')
  expect(masked).not.toContain(zhang.number)

  await page.getByText('导出完整的证件号码').click()
  await expect(button(page, '开始导出')).toBeDisabled()
  await page.getByLabel(/用途/).fill('学籍注册')
  await page.getByLabel('内容').selectOption('register')
  await page.getByLabel('存为').fill('学信网上报')
  await button(page, '保存列设置').click()
  await expect(page.getByLabel('已存的列设置').locator('option', { hasText: '学信网上报' })).toBeAttached()
  await button(page, '开始导出').click()
  await expect(page.getByRole('link', { name: /下载 学籍注册数据/ })).toBeVisible()
  const whole = await taken(page)
  expect(whole).toContain(zhang.number)
  await expect(page.getByText(/没有截断/).first()).toBeVisible()
})

test('finance takes lists only; what another made is not there', async ({ page }) => {
  await loginStaff(page, program, 'caiwu', '/exports')
  await ready(page)
  await expect(page.getByLabel('内容').locator('option')).toHaveText(['名单'])
  await expect(page.getByText('还没有导出过。')).toBeVisible()
})
