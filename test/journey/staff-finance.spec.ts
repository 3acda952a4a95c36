import { expect, test } from '@playwright/test'
import { zhang } from './people'
import { started } from './program'
import { expectAccessible, loginStaff } from './staff'
import { Student } from './student'

const program = started()

test('finance reads an order with what WeChat Pay said about it, and finds no open case', async ({ page, browser }) => {
  const student = await Student.onPhone(page, program, zhang)
  await student.logIn()
  await student.prepare()
  await student.passFace()
  await student.confirmIdentity()
  await student.fillForm('普通高中毕业', '2025')
  await student.attach()
  await student.submit()
  await student.button('去缴费').click()
  await page.getByRole('button', { name: '立即支付' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await expect(student.view.getByText('26101010001')).toBeVisible()

  const desk = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await loginStaff(desk, program, 'caiwu', '/orders')
  const row = desk.getByRole('row', { name: new RegExp(zhang.name) })
  await expect(row).toContainText('已支付')
  await expectAccessible(desk)
  await row.getByRole('button', { name: /支付事实/ }).click()
  await expect(desk.getByRole('dialog')).toContainText('支付成功')
  await desk.goto(`${program.site}/staff/#/cases`)
  await expect(desk.getByText('没有待处理的异常。')).toBeVisible()
  await expectAccessible(desk)
})
