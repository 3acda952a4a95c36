import { expect, test } from '@playwright/test'
import { zhang } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()

test('a 高起本 student walks from the account’s menu to the student number', async ({ page }) => {
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
})
