import { expect, test } from '@playwright/test'
import { feng } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()
test.use({ viewport: { width: 1280, height: 800 } })

test('at a PC the student pays by a code and the page goes on by itself', async ({ page }) => {
  const student = await Student.inBrowser(page, program, feng)
  await student.logIn()
  await student.prepare()
  await student.passFace()
  await student.confirmIdentity()
  await student.fillForm('普通高中毕业', '2023')
  await student.attach()
  await student.submit()
  await student.button('去缴费').click()

  await expect(page.getByRole('img', { name: '微信支付二维码' })).toBeVisible()
  await expect(page.getByText('待支付')).toBeVisible()
  const order = (await student.world()).Orders!.at(-1)!
  await program.sandbox('pay', { user: 'parent', code_url: order.CodeURL })

  await student.sees('注册完成')
  await expect(page.getByText('26103020001')).toBeVisible()
})
