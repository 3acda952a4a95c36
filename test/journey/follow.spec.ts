import { expect, test } from '@playwright/test'
import { zhang } from './people'
import { started } from './program'
import { expectAccessible } from './staff'
import { Student } from './student'

const program = started()

test('a student at a PC scans the account’s code, follows it, and that WeChat is bound', async ({ page, context }) => {
  const student = await Student.inBrowser(page, program, zhang)
  await student.logIn()
  await student.hurryTo('family')
  await expect(student.field('姓名')).toBeVisible()
  await page.goto(`${program.site}/#/progress`)
  await expect(page.getByRole('heading', { name: '关注公众号，接收通知' })).toBeVisible()
  await expect(page.getByRole('img', { name: '公众号二维码' })).toBeVisible()
  await expectAccessible(page)

  const phone = await context.newPage()
  await phone.goto(`${program.phone}/phone?user=stranger`)
  await phone.getByRole('button', { name: '扫一扫' }).click()
  await phone.getByRole('button', { name: /公众号的二维码/ }).first().click()
  await phone.getByRole('button', { name: '关注公众号' }).click()
  await expect(phone.getByRole('log').getByText(/已绑定：张/)).toBeVisible()

  await expect(page.getByText('已关注并绑定微信')).toBeVisible()
  await page.reload()
  await expect(page.getByText('已绑定微信')).toBeVisible()
  await expect(page.getByRole('heading', { name: '关注公众号，接收通知' })).toHaveCount(0)
})
