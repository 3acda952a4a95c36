import { expect, test } from '@playwright/test'
import { feng, wang } from './people'
import { phoneBrowser } from './phones'
import { started } from './program'
import { Student } from './student'

const program = started()
const stranger = { id: '', number: '110105199003078510', name: '路人甲', phone: '13900000099' }

test('a wrong number is told while it is typed, before anything is sent', async ({ page }) => {
  const student = await Student.inBrowser(page, program, wang)
  const number = page.getByLabel('证件号码')
  await number.fill('320102199701019851')
  await expect(page.getByText('身份证号有误')).toBeVisible()
  await student.button('获取验证码').click()
  await expect(number).toBeFocused()
  await number.fill('32010219970101985')
  await student.field('姓名').fill(wang.name)
  await expect(page.getByText('身份证号应为 18 位，现在是 17 位。')).toBeVisible()
  // The demo tells D15 of last year's place by SMS; of codes there must be none, to anybody.
  expect(((await student.world()).SMS ?? []).filter((sms) => sms.Text.includes('验证码'))).toEqual([])
})

test('full-width digits and a lower x mean the same number', async ({ page }) => {
  const student = await Student.inBrowser(page, program, wang)
  await student.logIn(wang.phone, ' ３２０１０２１９９７０１０１９８５ｘ')
  await expect(page.getByText(wang.name).first()).toBeVisible()
})

test('the phone kills the page while the SMS is read: the code on its way can still be typed, and nothing of the person was kept', async ({ browser }) => {
  const phone = await phoneBrowser(browser, program)
  const student = await Student.inBrowser(phone, program, feng)
  await student.fillLogin()
  await student.button('获取验证码').click()
  await expect(phone.getByText(/^若证件号码与录取信息一致，验证码已发送/)).toBeVisible()
  await expect.poll(() => student.newestSMS()).toMatch(/\d{6}/)
  const kept = await phone.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  for (const fact of [feng.number, feng.name, feng.phone]) expect(kept).not.toContain(fact)
  await phone.reload()
  await student.button('继续登录').click()
  await expect(phone.getByLabel('证件号码')).toHaveCount(0)
  await student.field('姓名').fill(feng.name)
  await phone.getByLabel('短信验证码').fill(/\d{6}/.exec(await student.newestSMS())![0])
  await student.button('登录').click()
  await expect(phone.getByRole('heading', { name: '请选择一项办理' })).toBeVisible()
  expect(await phone.evaluate(() => localStorage.getItem('code-asked'))).toBeNull()
  await phone.context().close()
})

test('who holds the phone next sees an empty form, and drops the other’s code', async ({ browser }) => {
  const phone = await phoneBrowser(browser, program)
  const student = await Student.inBrowser(phone, program, wang)
  await student.fillLogin()
  await student.button('获取验证码').click()
  await expect(phone.getByText(/^若证件号码与录取信息一致，验证码已发送/)).toBeVisible()
  await phone.reload()
  await expect(phone.getByText(`尾号 ${wang.phone.slice(-4)} 的手机`)).toBeVisible()
  await expect(phone.getByLabel('证件号码')).toHaveValue('')
  await student.button('不是我').click()
  await expect(student.button('继续登录')).toHaveCount(0)
  expect(await phone.evaluate(() => localStorage.getItem('code-asked'))).toBeNull()
  await phone.context().close()
})

test('somebody who is not on the roster gets the same answer and no SMS', async ({ page }) => {
  const student = await Student.inBrowser(page, program, stranger)
  await student.fillLogin()
  await student.button('获取验证码').click()
  await expect(page.getByText(/^若证件号码与录取信息一致，验证码已发送/)).toBeVisible()
  await page.getByLabel('短信验证码').fill('123456')
  await student.button('登录').click()
  await expect(page.getByText(/^验证码不正确/)).toBeVisible()
  expect(await student.newestSMS()).toBe('')
})

test('what is to be read before the login can be read, one page after the other', async ({ page }) => {
  const student = await Student.inBrowser(page, program, wang)
  await page.getByRole('link', { name: '个人信息处理规则', exact: true }).click()
  await student.sees('个人信息处理规则')
  await expect(page.getByText('我们是谁')).toBeVisible()
  await page.getByRole('link', { name: '用户须知', exact: true }).click()
  await student.sees('用户须知')
  await expect(page.getByText('我们是谁')).toHaveCount(0)
  await expect(page.getByText('必须由学生本人登录和办理')).toBeVisible()
})

test('WeChat’s preview page says how to come to the whole service', async ({ page }) => {
  await program.sandbox('user', { user: wang.id, snapshot: true })
  const student = await Student.onPhone(page, program, wang)
  await expect(student.view.getByText('请点右下角「使用完整服务」后办理')).toBeVisible()
  await program.sandbox('user', { user: wang.id, snapshot: false })
})
