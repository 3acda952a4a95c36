// A place is given up after the face was recognised, with the sentence typed by the student and two people deciding.
import { expect, test } from '@playwright/test'
import { feng, zhang } from './people'
import { Program } from './program'
import { Student } from './student'

const program = new Program()
test.beforeAll(() => program.start())
test.afterAll(async () => {
  await program.stop()
  program.remove()
})
test.setTimeout(240_000)

/** Asks for a fresh code, as soon as one may be asked for, and types it in. */
async function proveByCode(student: Student) {
  const before = await student.newestSMS()
  await expect(async () => {
    if ((await student.newestSMS()) !== before) return
    await student.button(/获取验证码|重新获取/).click({ timeout: 500 })
    throw new Error('no code yet')
  }).toPass({ timeout: 80_000, intervals: [1000] })
  await student.view.getByLabel('短信验证码').fill(/\d{6}/.exec(await student.newestSMS())![0])
}

test('given up for good', async ({ page }) => {
  const student = await Student.onPhone(page, program, zhang)
  await student.logIn()
  const option = student.view.locator('section.option').filter({ hasText: '放弃入学资格申请' })
  await option.getByRole('button', { name: '去申请' }).click()
  await expect(student.view.getByText('请先完成身份核验')).toBeVisible()
  await student.button('返回首页').click()
  await student.prepare()
  await student.passFace()
  await page.frame({ url: /localhost/ })?.evaluate(() => (location.hash = '#/give-up'))
  await student.sees('放弃入学资格申请')
  await student.view.getByLabel('申请原因').fill('已在本地找到工作，不再继续学习，自愿放弃。')
  await student.view.getByLabel('本人输入').fill('本人自愿放弃入学资格，愿承担由此带来的结果')
  await expect(student.view.locator('del')).toHaveText(/结/)
  await page.screenshot({ path: 'test-results/give-up-differs.png', fullPage: true })
  await student.sign(page)
  await student.button('下一步').click()
  await expect(student.view.getByText('输入的内容与要求的文字不一致')).toBeVisible()
  await student.view.getByLabel('本人输入').fill('本人自愿放弃入学资格,愿承担由此带来的后果')
  await expect(student.view.getByText('文字一致', { exact: false }).first()).toBeVisible()
  await student.button('下一步').click()
  const last = student.view.getByRole('alert').filter({ hasText: '放弃后不可恢复' })
  await expect(last).toContainText('张示例')
  await expect(last).toContainText('法学')
  await proveByCode(student)
  await page.screenshot({ path: 'test-results/give-up-check.png', fullPage: true })
  await student.button('确认放弃并提交').click()
  await student.sees('申请进度')
  const id = /[0-9a-f-]{36}/.exec(await program.command('application', 'list'))![0]
  await expect(program.command('application', 'grant', id, '--by', 'zhao')).rejects.toThrow(/second_person/)
  await program.command('application', 'grant', id, '--by', 'zhao', '--second', 'qian')
  await student.button('返回首页').click()
  await expect(student.view.getByText('当前状态：已放弃')).toBeVisible()
  await expect(option).toContainText('已放弃')
  await page.screenshot({ path: 'test-results/given-up-home.png', fullPage: true })
})

test('on a PC, taken back', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const student = await Student.inBrowser(page, program, feng)
  await student.logIn()
  await student.prepare()
  await student.passFace()
  await page.evaluate(() => (location.hash = '#/give-up'))
  await student.view.getByLabel('申请原因').fill('已在本地找到工作，不再继续学习，自愿放弃。')
  await student.view.getByLabel('本人输入').fill('本人自愿放弃入学资格，愿承担由此带来的后果。')
  await student.sign(page)
  await page.screenshot({ path: 'test-results/give-up-pc.png', fullPage: true })
  await student.button('下一步').click()
  await expect(student.view.getByRole('alert').filter({ hasText: '放弃后不可恢复' })).toContainText('冯参军')
  await proveByCode(student)
  await student.button('确认放弃并提交').click()
  await student.sees('申请进度')
  await student.button('撤回申请').click()
  await student.button('确认撤回').click()
  await student.button('返回首页').click()
  await expect(student.view.getByText('当前状态：待办理')).toBeVisible()
})
