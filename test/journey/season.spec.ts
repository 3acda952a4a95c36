// The work of a season, from the roster to the file for the register, as the college does it: by clicks in the pages.
import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { feng, idNumber, people, sun, type Person } from './people'
import { phoneBrowser } from './phones'
import { Program } from './program'
import { expectNoTraces } from './search'
import { confirmIfAsked, expectAccessible, loginStaff, type Account } from './staff'
import { portrait, Student } from './student'

const newcomer: Person = { id: 'new', number: idNumber('19990412', 7), name: '学生甲', phone: '13900000901' }
const examNo = '26320100009901'
const roster = `考生号,姓名,身份证号码,年级,层次,专业,学习形式,函授站,手机
${examNo},${newcomer.name},${newcomer.number},2026,高起本,法学,非脱产,校本部教学点,${newcomer.phone}
26320100009902,学生乙,${idNumber('19990412', 8)},2026,专升本,会计学,非脱产,滨江教学点,`

const program = new Program()
test.beforeAll(() => {
  people.push(newcomer)
  return program.start()
})
test.afterAll(async () => {
  expectNoTraces(program)
  await program.stop()
  program.remove()
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const inQueue = (page: Page, person: Person) => page.getByRole('list', { name: '待审核' }).getByRole('listitem').filter({ hasText: person.name })

test('a season: settings, roster, students, review, correction, application, notice, export, money, audit', async ({ page, browser }) => {
  test.setTimeout(300_000)
  const desk = async (account: Account) => {
    const own = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
    await loginStaff(own, program, account)
    return own
  }
  const phoneOf = async (person: Person) => Student.inBrowser(await phoneBrowser(browser, program), program, person)

  await loginStaff(page, program, 'xueji')
  await test.step('the intake is set', () => setIntake(page))
  await test.step('the roster comes in', () => importRoster(page))

  const student = await phoneOf(newcomer)
  await test.step('a student of that roster registers on a phone up to handing in', async () => {
    await student.logIn()
    await student.prepare()
    await student.button('同意并继续').click()
    await student.passFaceByFile()
    await student.confirmIdentity()
    await student.fillForm('普通高中毕业', '2018')
    await student.attach()
    await student.submit()
    await expect(student.view.getByText(/正在等老师审核/)).toBeVisible()
  })
  await test.step('a second finds the roster wrong, a third reserves the place', async () => {
    await fileCorrection(await phoneOf(sun))
    await fileReserve(await phoneOf(feng))
  })

  await test.step('the form goes back, is mended, and passes', async () => {
    await openItem(page, '登记表', newcomer)
    await button(page, '退回（2）').click()
    const why = page.getByRole('dialog', { name: '退回修改' })
    await why.getByText('基本信息', { exact: true }).click()
    await why.getByLabel('基本信息的原因').fill('请写到门牌号')
    await shoot(page, 'return')
    await button(page, '退回').click()
    await expect(inQueue(page, newcomer)).toHaveCount(0)
    await mend(student)
    await openItem(page, '登记表', newcomer)
    await shoot(page, 'form')
    await button(page, '通过（1）').click()
    await expect(inQueue(page, newcomer)).toHaveCount(0)
  })
  await test.step('the correction and the application are decided', async () => {
    await openItem(page, '更正', sun)
    await shoot(page, 'correction')
    await button(page, '通过（1）').click()
    await expect(inQueue(page, sun)).toHaveCount(0)
    await page.getByRole('link', { name: '申请', exact: true }).click()
    await shoot(page, 'applications')
    await page.getByRole('row', { name: new RegExp(feng.name) }).getByRole('link', { name: '去审核' }).click()
    await inQueue(page, feng).getByRole('button').click()
    await shoot(page, 'application')
    await button(page, '通过（1）').click()
    await expect(inQueue(page, feng)).toHaveCount(0)
    await page.getByRole('link', { name: '保留资格名册' }).click()
    await expect(page.getByRole('row', { name: new RegExp(feng.name) })).toBeVisible()
    await shoot(page, 'reserved')
  })

  await test.step('the student pays and has a number', async () => {
    await student.view.locator('body').evaluate(() => location.reload())
    await student.button('返回办理').click()
    await student.sees('缴纳学费')
    await student.button('去缴费').click()
    await student.button('立即支付').click()
    await student.sees('注册完成')
  })
  await test.step('who has not finished gets a notice', () => push(page))
  await test.step('the registered go out as a list and for the register', () => exportRegistered(page))

  await test.step('finance sees the money, an admin that nobody touched the log', async () => {
    const money = await desk('caiwu')
    await money.getByRole('link', { name: '订单' }).click()
    await expect(money.getByRole('row', { name: new RegExp(newcomer.name) })).toContainText('已支付')
    await shoot(money, 'orders')
    const admin = await desk('admin')
    await admin.getByRole('link', { name: '操作日志' }).click()
    await button(admin, '校验完整性').click()
    await expect(admin.getByText(/共校验 [1-9]\d* 条，前后一致/)).toBeVisible()
    await expect(admin.getByRole('row', { name: /审核台退回 26320100009901 登记表/ })).toBeVisible()
    await expect(admin.getByRole('main')).not.toContainText(/[a-z]_[a-z]/)
    await shoot(admin, 'audit')
  })
  await test.step('the figures tell it', async () => {
    await page.getByRole('link', { name: '总览' }).click()
    const funnel = page.getByRole('region', { name: '办理漏斗' })
    await funnel.getByText('数据表').click()
    await expect(funnel.getByRole('row', { name: /^已注册/ }).getByRole('link')).toHaveText(/^[1-9]/)
    await expect(page.getByRole('main')).toContainText(/今日缴费\s*1 笔\s*¥2,400\.00/)
    await shoot(page, 'dashboard')
  })
})

async function setIntake(page: Page) {
  const goTo = async (tab: string) => {
    await page.getByRole('navigation', { name: '批次设置' }).getByRole('link', { name: tab, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: `2026级 · ${tab}` })).toBeVisible()
  }
  const save = async () => {
    await button(page, '保存').click()
    await expect(page.getByText('有修改，还没有保存')).toHaveCount(0)
  }
  await page.getByRole('link', { name: '批次设置' }).first().click()
  await page.getByRole('link', { name: '设置2026级' }).click()
  await goTo('办理时间与规则')
  await page.getByLabel('最后一天').fill('2099-03-31')
  await page.getByText('可疑的登录要先填图形验证码').click()
  await save()
  await shoot(page, 'window')
  await goTo('通知与文本')
  await page.getByLabel('正文').fill('# 重要\n- 三月底截止\n\n请尽早办理。')
  await shoot(page, 'notice')
  await save()
  await goTo('审核')
  await page.getByText('先审核后缴费').click()
  await save()
  await shoot(page, 'review-settings')
}

async function importRoster(page: Page) {
  await page.getByRole('link', { name: '录取名单' }).click()
  await expect(page.getByRole('combobox', { name: '批次' })).not.toHaveValue('')
  await page.locator('input[type=file]').setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) })
  const state = page.getByRole('region', { name: '导入的结果' })
  await expect(state).toContainText('新增 2，变更 0，不变 0，拒绝 0')
  await shoot(page, 'import')
  await button(page, '确认导入').click()
  await expect(state).toContainText('已写入 2 行')
}

async function fileCorrection(student: Student) {
  await student.logIn()
  await student.prepare()
  await student.button('同意并继续').click()
  await student.passFaceByFile()
  await student.view.getByRole('link', { name: '信息有误' }).click()
  await student.view.getByLabel('更正项目').selectOption('ethnic')
  await student.view.getByLabel('正确的民族').selectOption({ label: '汉族' })
  await student.upload('证明材料', portrait)
  await student.button('提交申请').click()
  await expect(student.view.getByText('审核中')).toBeVisible()
}

async function fileReserve(student: Student) {
  const page = student.view as Page
  await student.logIn()
  await page.locator('section.option').filter({ hasText: '保留入学资格申请' }).getByRole('button', { name: '去申请' }).click()
  await page.getByLabel('原因类别').selectOption({ label: '应征入伍' })
  await page.getByLabel('预计退役日期').fill('2028-09-01')
  await page.getByLabel('申请原因').fill('今年应征入伍，服役期间不能到校学习，申请保留入学资格。')
  await page.getByLabel('从相册或文件选择：入伍通知书').setInputFiles(portrait)
  await expect(page.locator('.files li')).toBeVisible()
  await student.sign(page)
  await student.button('下一步').click()
  await student.sees('核对并提交申请')
  await student.prove()
  await student.button('提交').click()
  await expect(page.getByText('保留入学资格申请：审核中')).toBeVisible()
}

/** What the teacher sent back, done again. */
async function mend(student: Student) {
  const page = student.view as Page
  await page.goto(program.site + '/#/returned')
  await expect(page.getByText('请写到门牌号')).toBeVisible()
  await student.button(/去修改/).click()
  await page.getByLabel('通讯地址 详细地址').fill('示例路 1 号 2 幢 301 室')
  await student.button('下一步').click()
  await student.button('核对并提交').click()
  await student.button('重新提交').click()
  await student.button('确认提交').click()
  await expect(page.getByText(/正在等老师审核/)).toBeVisible()
}

/** Opens what waits for the desk, by its kind and whose it is. */
async function openItem(page: Page, kind: string, person: Person) {
  await page.getByRole('link', { name: '审核台' }).click()
  await page.getByRole('navigation', { name: '类别' }).getByRole('button', { name: new RegExp(`^${kind}`) }).click()
  await button(page, '刷新').click()
  await inQueue(page, person).getByRole('button').click()
  await expect(page.getByRole('heading', { name: `${kind}：${person.name}` })).toBeVisible()
}

async function push(page: Page) {
  await page.getByRole('link', { name: '通知推送' }).click()
  await page.getByRole('link', { name: '新建通知' }).click()
  await page.getByLabel('名称（只给老师看）').fill('提醒还没办完的同学')
  await page.getByRole('combobox', { name: '用途' }).selectOption({ label: '期限提醒' })
  await page.getByLabel('短信', { exact: true }).check()
  await page.getByLabel('短信变量 {1}', { exact: true }).fill('2099年3月31日')
  await page.getByLabel('待办理', { exact: true }).check()
  await shoot(page, 'push-new')
  await button(page, '保存并核对').click()
  await page.getByRole('button', { name: /^发送给 \d+ 人/ }).click()
  await confirmIfAsked(page, program, 'xueji', page.getByRole('region', { name: '进度' }).getByText('已完成'))
  await shoot(page, 'push')
}

async function exportRegistered(page: Page) {
  await page.getByRole('link', { name: '导出' }).click()
  await page.getByRole('combobox', { name: '状态' }).selectOption({ label: '已注册' })
  await page.getByLabel('格式').selectOption('csv')
  await button(page, '开始导出').click()
  expect(await taken(page, /^下载 名单/)).toContain(newcomer.name)
  await page.getByRole('combobox', { name: '内容' }).selectOption('register')
  await page.getByText('导出完整的证件号码').click()
  await page.getByLabel(/用途/).fill('学籍注册')
  await shoot(page, 'export')
  await button(page, '开始导出').click()
  const register = await taken(page, /^下载 学籍注册数据/)
  expect(register).toContain(newcomer.number)
  expect(register).toContain(examNo)
}

async function taken(page: Page, link: RegExp) {
  const file = page.getByRole('link', { name: link })
  await confirmIfAsked(page, program, 'xueji', file)
  const download = page.waitForEvent('download')
  await file.click()
  return readFileSync(await (await download).path(), 'utf8')
}

/** With SHOTS=1, a picture of the page for the eye; fails where axe finds a serious fault. */
async function shoot(page: Page, name: string) {
  if (!process.env.SHOTS) return
  // A message that fades away is hard to read for that moment.
  await expect(page.locator('.el-message')).toHaveCount(0)
  await expectAccessible(page)
  await page.evaluate(() => scrollTo(0, 0))
  await page.screenshot({ path: `test-results/shots/season-${name}.png`, fullPage: true })
}
