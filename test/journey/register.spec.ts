import { expect, test } from '@playwright/test'
import { Program } from './program'
import { Student, zhang } from './student'

const program = new Program()
test.beforeAll(() => program.start())
test.afterAll(async () => {
  await program.stop()
  program.remove()
})

test('a 高起本 student walks from the account’s menu to the student number', async ({ page }) => {
  await page.goto(program.phone)
  await page.getByRole('button', { name: /示例大学/ }).first().click()
  await page.getByRole('button', { name: '新生服务' }).click()
  await page.getByRole('menuitem', { name: '2026 新生注册' }).click()
  const student = new Student(page.frameLocator('iframe[title="网页"]'), program, zhang)
  await student.logIn()
  await page.screenshot({ path: 'test-results/home.png' })
  await student.prepare()
  await student.passFace()
  await student.confirmIdentity()
  await student.fillForm('普通高中毕业', '2025')
  await student.attach()
  await student.button('下一步').click()
  await student.button(/提交/).click()
  await student.button('确认提交').click()
  await student.button('去缴费').click()
  await page.getByRole('button', { name: '立即支付' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await expect(student.view.getByText('26101010001')).toBeVisible()
})
