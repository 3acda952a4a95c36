// The settings of an intake: what staff change, students see; and nobody's words are lost where two change the same.
import { expect, test, type Page } from '@playwright/test'
import { sun } from './people'
import { started } from './program'
import { expectAccessible, loginStaff } from './staff'
import { Student } from './student'

const program = started()
test.setTimeout(180_000)

const save = async (page: Page) => {
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText('有修改，还没有保存')).toHaveCount(0)
}

async function openSettings(page: Page, tab: string) {
  await page.getByRole('link', { name: '批次设置' }).first().click()
  await page.getByRole('link', { name: '设置2026级' }).click()
  await goTo(page, tab)
}

async function goTo(page: Page, tab: string) {
  await page.getByRole('navigation', { name: '批次设置' }).getByRole('link', { name: tab, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: `2026级 · ${tab}` })).toBeVisible()
}

test('the registrar changes window, notice, field and number rule, finance a price; a student sees them', async ({ page, browser }) => {
  await loginStaff(page, program, 'xueji', '/intakes')
  await test.step('the window and the notice, as the phone shows it', async () => {
    await openSettings(page, '办理时间与规则')
    await page.getByLabel('最后一天').fill('2099-03-31')
    await expectAccessible(page)
    await save(page)
    await goTo(page, '通知与文本')
    await page.getByLabel('正文').fill('# 重要\n- 三月底截止\n\n请尽早办理。')
    const phone = page.getByRole('group', { name: '手机上的样子：通知公告' })
    await expect(phone.getByRole('listitem')).toHaveText('三月底截止')
    await expectAccessible(page)
    await save(page)
  })
  await test.step('a field that is no longer optional', async () => {
    await goTo(page, '登记表')
    await page.getByLabel('电子邮箱', { exact: true }).selectOption('required')
    await save(page)
  })
  await test.step('the number rule with what it would give', async () => {
    await goTo(page, '学号规则')
    const preview = page.getByRole('region', { name: '预览' })
    await expect(preview.getByText('26202060001')).toBeVisible()
    await page.getByLabel('规则', { exact: true }).fill('{yy}{level}{point:2}{major:2}{seq')
    await expect(preview.getByRole('alert')).toContainText('学号规则有误')
    await page.getByLabel('规则', { exact: true }).fill('X{yy}{level}{point:2}{major:2}{seq:5}')
    await expect(preview.getByText('X262020600001')).toBeVisible()
    await expect(preview.getByText(/学号规则不冲突/)).toBeVisible()
    await save(page)
  })

  const money = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await test.step('finance sets a price with its approval; nothing else is open to it', async () => {
    await loginStaff(money, program, 'caiwu', '/intakes')
    await money.getByRole('link', { name: '设置2026级' }).click()
    await expect(money.getByRole('navigation', { name: '批次设置' }).getByRole('link')).toHaveText(['收费标准', '修改记录'])
    await money.getByRole('button', { name: '修改法学' }).click()
    const dialog = money.getByRole('dialog', { name: '修改学费标准' })
    await dialog.getByLabel('第 1 学年（元）').fill('2500')
    await dialog.getByLabel('批准文号').fill('新价〔2026〕9号')
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(money.getByText('新价〔2026〕9号')).toBeVisible()
    await expectAccessible(money)
  })

  await test.step('students see window, notice, price, field and number', async () => {
    const phone = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })).newPage()
    const student = await Student.inBrowser(phone, program, sun)
    await expect(phone.getByText(/2099-03-31/).first()).toBeVisible()
    await phone.goto(`${program.site}/#/notice`)
    await expect(phone.getByText('三月底截止')).toBeVisible()
    await phone.goto(`${program.site}/#/tuition`)
    await expect(phone.getByText('收费依据：新价〔2026〕9号')).toBeVisible()
    await expect(phone.getByText(/第 1 学年 ¥2,500.00/)).toBeVisible()
    await phone.goto(`${program.site}/#/login`)
    await student.logIn()
    await student.hurryTo('pay', { email: 'sun@example.edu' })
    await student.button('无需缴费，完成注册').click()
    await expect(phone.getByText('X262020600001')).toBeVisible()
  })

  await test.step('the history tells who changed what', async () => {
    await goTo(page, '修改记录')
    for (const line of ['xueji', 'caiwu', '新价〔2026〕9号', '三月底截止', '{seq:5}', '2099-03-31']) await expect(page.locator('.page')).toContainText(line)
    await expectAccessible(page)
    await goTo(page, '开放检查')
    await expect(page.getByRole('heading', { name: '可以开放' })).toBeVisible()
    await expectAccessible(page)
  })
})

test('where two registrars change one page, the second keeps what was typed and chooses', async ({ page, browser }) => {
  await loginStaff(page, program, 'xueji', '/intakes')
  await openSettings(page, '学校与联系方式')
  const second = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await loginStaff(second, program, 'xueji2', '/intakes')
  await openSettings(second, '学校与联系方式')
  await page.getByLabel('收款单位').fill('示例大学财务处')
  await page.getByLabel('服务时间').fill('工作日 9:00–17:00')
  await save(page)
  await second.getByLabel('收款单位').fill('示例大学计财处')
  await second.getByLabel('页脚（备案号等）').fill('示例备 1 号')
  await second.getByRole('button', { name: '保存', exact: true }).click()
  const conflict = second.getByRole('alert', { name: '同时修改' })
  await expect(conflict).toContainText('xueji')
  await expect(conflict.getByRole('cell', { name: '示例大学财务处' })).toBeVisible()
  await expect(second.getByLabel('收款单位')).toHaveValue('示例大学计财处')
  await expect(second.getByLabel('服务时间')).toHaveValue('工作日 9:00–17:00')
  await expectAccessible(second)
  await conflict.getByRole('button', { name: '用较新的' }).click()
  await save(second)
  await second.reload()
  await expect(second.getByLabel('收款单位')).toHaveValue('示例大学财务处')
  await expect(second.getByLabel('页脚（备案号等）')).toHaveValue('示例备 1 号')
})

test('a new year begins with last year’s settings, and is not open until it is checked', async ({ page }) => {
  await loginStaff(page, program, 'xueji', '/intakes')
  await page.getByRole('button', { name: '新建批次' }).click()
  const dialog = page.getByRole('dialog', { name: '新建批次' })
  await dialog.getByLabel('开始日期').fill('2099-09-01')
  await dialog.getByLabel(/最后一天/).fill('2099-12-31')
  await dialog.getByRole('button', { name: '新建', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '2027级 · 开放检查' })).toBeVisible()
  await expect(page.getByText(/名单：0 名学生/)).toBeVisible()
  for (const [path, title] of [['programs', '专业'], ['points', '教学点'], ['dictionaries', '字典'], ['calendar', '工作日历']]) {
    await page.goto(`${program.site}/staff/#/${path}`)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page)
  }
  await page.goto(`${program.site}/staff/#/points`)
  await page.getByRole('button', { name: '新增教学点' }).click()
  const point = page.getByRole('dialog', { name: '新增教学点' })
  await point.getByLabel('代码').fill('01')
  await point.getByLabel('名称').fill('重复的教学点')
  await point.getByRole('button', { name: '保存' }).click()
  await expect(point.getByRole('alert')).toContainText('已经存在')
  await point.getByLabel('代码').fill('09')
  await point.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('cell', { name: '重复的教学点', exact: true })).toBeVisible()
})
