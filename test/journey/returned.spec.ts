import { expect, test } from '@playwright/test'
import { feng } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()
const examNo = '26320100000111'

test('a form sent back is mended where the teacher says and handed in again', async ({ page }) => {
  const student = await Student.onPhone(page, program, feng)
  await student.logIn()
  await student.hurryTo('pay')
  await student.sees('缴纳学费')
  await program.command('student', 'send-back', '--by', 'journey', '--item', 'basic=请写到门牌号', examNo)

  await test.step('the message leads to what is to be changed', async () => {
    expect(await student.openMessage(page, '材料退回通知')).toContain('请写到门牌号')
    await expect(student.view.getByText('老师退回了 1 项')).toBeVisible()
    await student.view.getByRole('link', { name: '查看并修改' }).click()
    await student.sees('退回修改')
    await expect(student.view.getByText('请写到门牌号')).toBeVisible()
  })

  await test.step('only the named part can be changed', async () => {
    await student.view.locator('body').evaluate(() => (location.hash = '/form/family'))
    await expect(student.view.getByText('这一页不需要修改。')).toBeVisible()
    await student.view.locator('body').evaluate(() => (location.hash = '/returned'))
    await student.button(/去修改/).click()
    await student.view.getByLabel('通讯地址 详细地址').fill('示例路 1 号 2 幢 301 室')
    await student.button('下一步').click()
  })

  await test.step('it is handed in again and waits to be paid', async () => {
    await student.sees('退回修改')
    await student.button('核对并提交').click()
    await student.sees('核对并提交')
    await expect(student.view.getByText('示例路 1 号 2 幢 301 室')).toBeVisible()
    await student.button('重新提交').click()
    await student.button('确认提交').click()
    await student.sees('缴纳学费')
  })
})
