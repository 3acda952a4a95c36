// Names that keyboards, rosters and people write differently: each of their owners gets in.
import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ayinur, wang, yan, zhao } from './people'
import { started } from './program'
import { portrait, Student } from './student'

const program = started()
const number = '26303040001'

/** Asks for a code and logs in with what is typed as the name. */
async function enter(student: Student, name: string) {
  const { view, person } = student
  const before = await student.newestSMS()
  await student.fillLogin()
  await student.field('姓名').fill(name)
  await student.button('获取验证码').click()
  await expect.poll(() => student.newestSMS()).not.toBe(before)
  await view.getByLabel('短信验证码').fill(/\d{6}/.exec(await student.newestSMS(person.phone))![0])
  await student.button('登录').click()
}

const entered = (page: Page) => expect(page.getByRole('heading', { name: '请选择一项办理' })).toBeVisible()

test('a name with · is typed with the button', async ({ page }) => {
  const student = await Student.inBrowser(page, program, ayinur)
  await student.fillLogin()
  await student.field('姓名').fill('阿依努尔')
  await page.getByRole('button', { name: '在姓名中插入间隔号' }).click()
  await page.keyboard.type('示例')
  await expect(student.field('姓名')).toHaveValue(ayinur.name)
  await enter(student, '阿依努尔・示例')
  await entered(page)
  await expect(page.getByText(ayinur.name).first()).toBeVisible()
})

test('a rare name is typed, or left open where no keyboard has it', async ({ page }) => {
  const student = await Student.inBrowser(page, program, zhao)
  await enter(student, '赵吉')
  await page.getByRole('button', { name: '我的姓名含生僻字' }).click()
  await student.field('姓名').fill('赵')
  await page.getByRole('button', { name: '插入“□”' }).click()
  await expect(student.field('姓名')).toHaveValue('赵□')
  await student.button('登录').click()
  await entered(page)
  await expect(page.getByText('赵𠮷').first()).toBeVisible()
})

test('a gap in the roster lets its owner in, the registrar sees the pair, and the rare character goes all the way', async ({ page }) => {
  const student = await Student.onPhone(page, program, yan)
  const { view } = student
  await enter(student, '王䶮')
  await expect(view.getByRole('heading', { name: '请选择一项办理' })).toBeVisible()
  await expect(view.getByText('王Yan').first()).toBeVisible()
  const listed = await program.command('correction', 'list', '--kind', 'name_pair')
  expect(listed).toContain('王Yan')
  expect(listed).toContain('王䶮')
  await program.command('correction', 'grant', /[0-9a-f-]{36}/.exec(listed)![0], '--by', 'zhao')
  await view.locator('body').evaluate(() => location.reload())
  await expect(view.getByText('王䶮').first()).toBeVisible()

  await test.step('to the number, the slip, the message and the export', async () => {
    await student.hurryTo('family')
    await student.hurryOn('pay', { proof: { kind: 'verification_report', code: 'RZ20260006', valid_until: '' } })
    await student.payOnPhone(page, number)
    const slip = view.getByRole('img', { name: '注册凭证' })
    await expect.poll(() => slip.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1000)
    expect(await student.openMessage(page, '学号生成通知')).toContain('王䶮')
    const file = join(program.data, 'list.csv')
    await program.command('export', '--by', 'journey', '--columns', 'name,number', file)
    expect(readFileSync(file, 'utf8')).toContain(`王䶮,${number}`)
  })
})

test('a name that does not fit is looked at by a person, and then lets its owner in', async ({ page }) => {
  const student = await Student.inBrowser(page, program, wang, '/#/name-check')
  await expect(page.getByText('验证已过期')).toBeVisible()
  await page.getByRole('button', { name: '返回登录' }).click()
  await enter(student, '王莫位')
  await expect(page.getByRole('button', { name: '重新输入' })).toBeVisible()
  await page.getByRole('button', { name: '申请人工核对' }).click()
  await student.sees('姓名核对申请')
  await expect(student.field('证件上的姓名')).toHaveValue('王莫位')
  await student.field('证件上的姓名').fill('王莫位二')
  await expect.poll(() => page.evaluate(() => localStorage.getItem('unsaved:name-check'))).not.toBeNull()
  await page.reload()
  await expect(student.field('证件上的姓名')).toHaveValue('王莫位二')
  await student.field('证件上的姓名').fill('王莫位')
  await student.button('提交申请').click()
  await expect(page.getByText('请上传证件照片。')).toBeVisible()
  await student.upload('证件照片', portrait)
  await student.button('提交申请').click()
  await expect(page.getByText('老师正在核对')).toBeVisible()
  await expect(page.getByText('王末位')).toHaveCount(0)

  const waits = await program.command('correction', 'list', '--kind', 'name_check')
  const before = await student.newestSMS()
  await program.command('correction', 'grant', /[0-9a-f-]{36}/.exec(waits)![0], '--by', 'zhao', '--reason', '已核对证件')
  await expect.poll(() => student.newestSMS(), { timeout: 20_000 }).not.toBe(before)
  await page.goto(program.site + '/#/login')
  await enter(student, '王莫位')
  await entered(page)
  await expect(page.getByText('王莫位').first()).toBeVisible()
})
