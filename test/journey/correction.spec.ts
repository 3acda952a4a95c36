// A student finds the roster wrong: asks, waits where it matters, and hears the answer.
import { expect, test } from '@playwright/test'
import { sun, zhang } from './people'
import { started } from './program'
import { portrait, Student } from './student'

const program = started()

const waiting = async () => /[0-9a-f-]{36}/.exec(await program.command('correction', 'list'))![0]

async function openCorrection(student: Student) {
  await student.view.locator('body').evaluate(() => (location.hash = '/correction'))
  await student.sees('信息更正申请')
}

test('another program, granted: the bill follows', async ({ page }) => {
  const student = await Student.onPhone(page, program, zhang)
  const { view } = student
  await student.logIn()
  await student.hurryTo('pay')
  await expect(view.getByText('¥2,400.00').first()).toBeVisible()
  await openCorrection(student)
  await view.getByLabel('更正项目').selectOption('major')
  await expect(view.getByText('请等老师处理，再继续办理')).toBeVisible()
  await view.getByLabel('正确的录取专业').selectOption({ label: '高起本 水利水电工程（非脱产，5 年）' })
  await student.button('提交申请').click()
  await expect(view.getByText('请上传证明材料。')).toBeVisible()
  await student.upload('证明材料', portrait)
  await student.button('提交申请').click()
  await expect(view.getByText('申请已提交。老师处理后会通知您')).toBeVisible()
  await expect(view.getByText('审核中')).toBeVisible()

  await student.button('返回首页').click()
  await view.getByRole('link', { name: '办理进度' }).click()
  await expect(view.getByText('水利水电工程').first()).toBeVisible()
  const before = await student.newestSMS()
  await program.command('correction', 'grant', await waiting(), '--by', 'zhao', '--reason', '招生库为水利水电工程')
  await expect.poll(() => student.newestSMS(), { timeout: 20_000 }).not.toBe(before)
  await openCorrection(student)
  await expect(view.getByText('已通过')).toBeVisible()
  await expect(view.getByText('招生库为水利水电工程')).toBeVisible()
  await view.locator('body').evaluate(() => (location.hash = '/pay'))
  await expect(view.getByText('¥2,640.00').first()).toBeVisible()
})

test('a fact that changes nothing on the way, refused with the reason', async ({ page }) => {
  const student = await Student.inBrowser(page, program, sun)
  await student.logIn()
  await student.prepare()
  await student.button('同意并继续').click()
  await student.passFaceByFile()
  await page.getByRole('link', { name: '信息有误' }).click()
  await student.sees('信息更正申请')
  await page.getByLabel('更正项目').selectOption('ethnic')
  await page.getByLabel('正确的民族').selectOption({ label: '汉族' })
  await student.upload('证明材料', portrait)
  await student.button('提交申请').click()
  await expect(page.getByText('您可以继续办理')).toBeVisible()
  await student.button('返回办理').click()
  await student.confirmIdentity()
  await student.sees('新生入学登记表')
  await program.command('correction', 'refuse', await waiting(), '--by', 'zhao', '--reason', '户口簿为土家族')
  await page.goto(program.site + '/#/progress')
  await expect(page.getByText('未通过').first()).toBeVisible()
  await expect(page.getByText('户口簿为土家族').first()).toBeVisible()
})
