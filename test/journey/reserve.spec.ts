// A place is reserved on a phone and on a PC: handed in, withdrawn, handed in again, refused, granted.
import { expect, test, type Page } from '@playwright/test'
import { feng, zhang, type Person } from './people'
import { Program } from './program'
import { portrait, Student } from './student'

const program = new Program()
test.beforeAll(() => program.start())
test.afterAll(async () => {
  await program.stop()
  program.remove()
})
test.setTimeout(240_000)

const chu: Person = { id: 'D15', number: '34010219920717986X', name: '褚返校', phone: '13900000015' }
const why = '今年应征入伍，服役期间不能到校学习，申请保留入学资格。'

async function openForm(student: Student, option: string) {
  await student.view.locator('section.option').filter({ hasText: option }).getByRole('button', { name: '去申请' }).click()
}

async function reserve(student: Student, page: Page) {
  await openForm(student, '保留入学资格申请')
  await student.view.getByLabel('原因类别').selectOption({ label: '应征入伍' })
  await student.view.getByLabel('预计退役日期').fill('2028-09-01')
  await expect(student.view.getByText('2030年9月1日 24:00')).toBeVisible()
  await student.view.getByLabel('申请原因').fill(why)
  await student.view.getByLabel('从相册或文件选择：入伍通知书').setInputFiles(portrait)
  await expect(student.view.locator('.files li')).toBeVisible()
  await student.sign(page)
  await page.screenshot({ path: `test-results/reserve-form-${test.info().title}.png`, fullPage: true })
  await student.button('下一步').click()
  await student.sees('核对并提交申请')
  await student.prove()
  await page.screenshot({ path: `test-results/reserve-check-${test.info().title}.png`, fullPage: true })
  await student.button('提交').click()
  await student.sees('申请进度')
  await expect(student.view.getByText('保留入学资格申请：审核中')).toBeVisible()
}

const waiting = async () => /[0-9a-f-]{36}/.exec(await program.command('application', 'list'))![0]

test('on a phone', async ({ page }) => {
  const student = await Student.onPhone(page, program, feng)
  await student.logIn()
  await reserve(student, page)
  await page.screenshot({ path: 'test-results/reserve-pending.png', fullPage: true })
  await student.button('撤回申请').click()
  await student.button('确认撤回').click()
  await expect(student.view.getByText('保留入学资格申请：已撤回')).toBeVisible()
  await student.button('返回首页').click()
  await reserve(student, page)
  await program.command('application', 'grant', await waiting(), '--by', 'zhao')
  await student.button('返回首页').click()
  await expect(student.view.getByText('当前状态：已保留')).toBeVisible()
  await expect(student.view.locator('section.option').filter({ hasText: '新生实名制注册' })).toContainText('您的入学资格已保留')
  await page.screenshot({ path: 'test-results/reserved-home.png', fullPage: true })
  expect(await program.command('reserved', 'list')).toContain('2030-09-01')
})

test('on a PC, refused', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const student = await Student.inBrowser(page, program, zhang)
  await student.logIn()
  await reserve(student, page)
  await program.command('application', 'refuse', await waiting(), '--by', 'zhao', '--reason', '请补充入伍通知书的盖章页')
  await page.reload()
  await expect(student.view.getByText('请补充入伍通知书的盖章页').first()).toBeVisible()
  const paper = await page.request.get(program.site + '/api/application/paper')
  expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-')
  await page.screenshot({ path: 'test-results/reserve-refused.png', fullPage: true })
  await student.button('返回首页').click()
  await expect(student.view.getByText('当前状态：待办理')).toBeVisible()
})

test('coming back next year', async ({ page }) => {
  const student = await Student.onPhone(page, program, chu)
  await student.logIn()
  await expect(student.view.getByText('当前状态：已保留')).toBeVisible()
  await student.view.getByRole('link', { name: '办理进度' }).click()
  await student.button('继续办理').click()
  await student.button(/已备齐，开始办理/).click()
  await student.passFace()
  await openForm(student, '恢复入学申请')
  await student.sees('恢复入学申请')
  const facts = student.view.getByRole('table')
  await expect(facts).toContainText('函授')
  await expect(facts).toContainText('非脱产')
  await expect(facts).toContainText('¥2,300.00')
  await expect(facts).toContainText('¥2,400.00')
  await student.sign(page)
  await page.screenshot({ path: 'test-results/resume-form.png', fullPage: true })
  await student.button('下一步').click()
  await student.sees('核对并提交申请')
  await student.prove()
  await student.button('提交').click()
  await expect(student.view.getByText('恢复入学申请：审核中')).toBeVisible()
  await program.command('application', 'grant', await waiting(), '--by', 'zhao')
  await student.button('返回首页').click()
  await expect(student.view.getByText('2026级 专升本 会计学')).toBeVisible()
  await expect(student.view.getByText('当前状态：待办理')).toBeVisible()

  await test.step('and registers in the new form of study, at its price', async () => {
    await student.hurryTo('family')
    await student.hurryOn('pay', { proof: { kind: 'verification_report', code: 'RZ20260015', valid_until: '' } })
    await expect(student.view.getByText('¥2,400.00').first()).toBeVisible()
    await student.payOnPhone(page, '26302030001')
  })
})
