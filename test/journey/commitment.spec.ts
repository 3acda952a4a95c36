import { expect, test } from '@playwright/test'
import { li } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()
const number = '26302030001'
const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

test('a 专升本 student shows a 备案表, signs the commitment and gets the number in the chat', async ({ page, context }) => {
  const student = await Student.onPhone(page, program, li)
  await student.logIn()
  await student.prepare()
  await student.passFace()
  await student.confirmIdentity()
  await student.fillForm('大学专科毕业', '2020')
  await student.attach()
  await student.attachProof('123456789012', inAMonth)
  await student.button('下一步').click()

  await test.step('the commitment waits for a signature', async () => {
    await student.sees('核对并提交')
    await student.button(/签|提交/).last().click()
    await student.sees('专升本人员诚信承诺书')
    await expect(student.view.getByText(li.name).first()).toBeVisible()
    await expect(student.button('提交')).toBeDisabled()
    await student.sign(page)
    await expect(student.view.getByText('签名已确认')).toBeVisible()
    await student.button('提交').click()
    await student.button('确认提交').click()
  })

  await test.step('the cashier takes the money, the page shows the number', async () => {
    await student.button('去缴费').click()
    await page.getByRole('button', { name: '立即支付' }).click()
    await page.getByRole('button', { name: '完成' }).click()
    await expect(student.view.getByText(number).first()).toBeVisible()
  })

  await test.step('the number can be copied', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await student.button('复制学号').click()
    await expect(student.button('已复制')).toBeVisible()
  })

  await test.step('a card with the number stands in the chat', async () => {
    expect(await student.openMessage(page, '学号生成通知')).toContain(number)
    await student.sees('注册完成')
  })
})

test('another day the number is there at once', async ({ page }) => {
  const student = await Student.inBrowser(page, program, li)
  await student.logIn()
  await page.getByRole('link', { name: number }).click()
  await student.sees('注册完成')
  await expect(page.getByText(number).first()).toBeVisible()
})
