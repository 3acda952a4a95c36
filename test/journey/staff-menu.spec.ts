// The account's menu: our buttons are edited and pushed, others stay, and the former menu comes back.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { zhang } from './people'
import { started } from './program'
import { confirmIfAsked, expectAccessible, loginStaff, shootStaff } from './staff'

const program = started()

async function onPhone(page: Page, name: string) {
  await page.goto(`${program.phone}/phone?user=${zhang.id}`)
  await page.getByRole('button', { name: /示例大学/ }).first().click()
  await page.getByRole('button', { name: '新生服务' }).click()
  await expect(page.getByRole('menuitem', { name })).toBeVisible()
}

async function act(page: Page, name: string, done: Locator) {
  await page.getByRole('dialog', { name: /菜单/ }).getByRole('button', { name, exact: true }).click()
  await confirmIfAsked(page, program, 'admin', done)
}

test('the admin edits, compares and pushes the menu; the phone shows it; one click brings the former one back', async ({ page, browser }) => {
  await loginStaff(page, program, 'admin', '/menu')
  await expect(page.getByRole('status').filter({ hasText: '相同' })).toBeVisible()
  await page.getByLabel('第 3 个按钮的名称').fill('收费标准')
  await page.getByLabel('第 3 个按钮打开').selectOption('tuition')
  const phone = page.getByRole('group', { name: /手机上的样子/ })
  await expect(phone.getByText('收费标准')).toBeVisible()
  await expect(page.getByRole('region', { name: '对照' })).toContainText('/go/tuition')
  await expectAccessible(page)
  await page.getByLabel('第 3 个按钮的名称').fill('一个名字太长而微信不会接受的按钮')
  await expect(page.getByText(/菜单按钮有误/)).toBeVisible()
  await page.getByLabel('第 3 个按钮的名称').fill('收费标准')
  await page.getByRole('button', { name: '推送菜单' }).click()
  await act(page, '推送', page.getByText('已推送。手机上重新进入公众号即可看到'))
  await expect(page.getByRole('status').filter({ hasText: '相同' })).toBeVisible()

  const student = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await onPhone(student, '收费标准')

  await page.getByRole('button', { name: '恢复上一版' }).click()
  await act(page, '恢复', page.getByText('我们的按钮已恢复'))
  await expect(page.getByLabel('第 3 个按钮的名称')).toHaveValue('帮助与联系')
  await onPhone(student, '帮助与联系')
  const history = page.getByRole('region', { name: '推送记录' })
  await expect(history.getByText(/admin/)).toHaveCount(2)

  // Any push of the history comes back, too.
  await history.getByText(/admin/).last().click()
  await history.getByRole('button', { name: /^恢复 .* 推送的按钮$/ }).last().click()
  await expect(page.getByRole('dialog', { name: '恢复菜单' })).toContainText('收费标准')
  await shootStaff(page, 'menu')
  await page.getByRole('dialog', { name: '恢复菜单' }).getByRole('button', { name: '恢复', exact: true }).click()
  await expect(page.getByLabel('第 3 个按钮的名称')).toHaveValue('收费标准')
})
