import { expect, test } from '@playwright/test'
import { zhang } from './people'
import { started } from './program'
import { expectAccessible, loginStaff, shootStaff } from './staff'

const program = started()
test.use({ viewport: { width: 1280, height: 800 } })

test('a registrar finds a student by the whole number, extends, and cancels with a second person’s own session', async ({ page, browser }) => {
  await loginStaff(page, program, 'xueji', '/students')
  await page.getByRole('textbox', { name: '查找' }).fill(zhang.number)
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page.getByText('共 1 条')).toBeVisible()
  await expectAccessible(page)
  expect(page.url()).not.toContain(zhang.number)
  await page.getByRole('link', { name: zhang.name }).click()
  await expect(page.getByRole('heading', { name: zhang.name })).toBeVisible()
  await expect(page.getByText(zhang.number)).toHaveCount(0)
  await page.getByRole('button', { name: '显示完整证件号码' }).click()
  const why = page.getByRole('dialog', { name: '显示完整证件号码' })
  await why.getByLabel('原因').fill('电话核对')
  await why.getByRole('button', { name: '显示' }).click()
  await expect(page.getByText(zhang.number)).toBeVisible()

  await page.getByRole('button', { name: '延长办理时间' }).click()
  const extend = page.getByRole('dialog', { name: '延长办理时间' })
  await extend.getByLabel('原因').fill('出差')
  await extend.getByLabel('办理到').fill('2099-01-01T12:00')
  await extend.getByRole('button', { name: '延长办理时间' }).click()
  await expect(extend).toBeHidden()

  await page.getByRole('button', { name: '取消入学资格' }).click()
  const cancel = page.getByRole('dialog', { name: '取消入学资格' })
  await cancel.getByLabel('原因').fill('重复录取')
  await cancel.getByRole('button', { name: '取消入学资格' }).click()
  const waiting = page.getByRole('region', { name: '取消入学资格' })
  await expect(waiting.getByRole('button', { name: '撤回' })).toBeVisible()
  await expect(waiting.getByRole('button', { name: '复核通过' })).toHaveCount(0)

  const second = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await loginStaff(second, program, 'xueji2', '/approvals')
  await expectAccessible(second)
  await second.getByRole('button', { name: '复核通过' }).click()
  await expect(second.getByText('没有等待复核的事项。')).toBeVisible()
  await page.reload()
  await expect(page.locator('.frame').getByText('取消入学资格')).toBeVisible()
  await page.getByRole('tab', { name: /时间线/ }).click()
  const lines = page.getByRole('list', { name: '时间线' })
  for (const line of ['查看完整证件号码和手机号', '提请复核', 'xueji、xueji2', '办理时间已延长']) await expect(lines).toContainText(line)
  await expectAccessible(page)
})

test('a clerk of another point finds nobody and is told that there is no such student', async ({ page }) => {
  await loginStaff(page, program, 'dian02', '/students')
  await page.getByRole('textbox', { name: '查找' }).fill(zhang.number)
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page.getByText('没有符合条件的学生')).toBeVisible()
  await expect(page.getByRole('link', { name: '待复核' })).toHaveCount(0)
})

test('a clerk reminds who has not begun, once a day', async ({ page }) => {
  await loginStaff(page, program, 'dian01', '/worklist')
  await expect(page.getByRole('button', { name: /^未开始 \d+/ })).toBeVisible()
  const row = page.getByRole('row').nth(1)
  await row.getByRole('button', { name: /^提醒/ }).click()
  await expect(row.getByText('已提醒')).toBeVisible()
  await expectAccessible(page)
  await shootStaff(page, 'worklist')
  await page.reload()
  await expect(page.getByRole('row').nth(1).getByText('今天已提醒')).toBeVisible()
})
