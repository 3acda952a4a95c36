// The opening day as the college sees it: the figures, a way to the outside that is paused and opened again, hints and the program itself.
import { expect, test } from '@playwright/test'
import { ayinur, feng, sun, wu, zhang, zhou } from './people'
import { started } from './program'
import { expectAccessible, loginStaff } from './staff'
import { Student } from './student'

const program = started()

test('a registrar reads where students stand, goes to who is stuck, and prints a point’s poster', async ({ page, browser }) => {
  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  const student = await Student.inBrowser(phone, program, feng)
  await student.logIn()
  await student.hurryTo('pay')

  await loginStaff(page, program, 'xueji')
  await expect(page.getByRole('heading', { level: 1, name: '总览' })).toBeVisible()
  const funnel = page.getByRole('region', { name: '办理漏斗' })
  await funnel.getByText('数据表').click()
  await expect(funnel.getByRole('row', { name: /^已提交/ }).getByRole('link')).toHaveText(/^[1-9]/)
  await expect(funnel.locator('canvas')).toBeVisible()
  await expect(page.getByText('自动更新')).toBeVisible()
  await expectAccessible(page)
  const [poster] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载校本部教学点的海报' }).click()])
  expect(poster.suggestedFilename()).toBe('海报-01.pdf')

  await page.getByRole('region', { name: '卡在哪一步' }).getByText('数据表').click()
  await page.getByRole('region', { name: '卡在哪一步' }).getByRole('row', { name: /^缴纳学费/ }).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: '学生', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: feng.name })).toBeVisible()
})

test('login codes are paused with a sentence that students read, and opened again', async ({ page, browser }) => {
  await loginStaff(page, program, 'xueji', '/opening')
  await page.getByRole('button', { name: '暂停短信验证码' }).click()
  const dialog = page.getByRole('dialog', { name: '暂停短信验证码' })
  await dialog.getByRole('textbox').fill('短信通道拥堵，预计十点恢复，请稍后再来。')
  await dialog.getByRole('button', { name: '暂停', exact: true }).click()
  await expect(page.getByText('学生看到：')).toContainText('预计十点恢复')
  await expectAccessible(page)

  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  const student = await Student.inBrowser(phone, program, zhang)
  await expect(phone.locator('.about').getByText('预计十点恢复')).toBeVisible()
  await student.fillLogin()
  await student.button('获取验证码').click()
  await expect(phone.getByRole('alert').getByText('暂时不能获取验证码：短信通道拥堵，预计十点恢复')).toBeVisible()

  await page.getByRole('button', { name: '恢复短信验证码' }).click()
  await expect(page.getByRole('button', { name: '暂停短信验证码' })).toBeVisible()
  await expect(page.getByText('xueji 恢复短信验证码')).toBeVisible()
  await phone.reload()
  await student.logIn()
})

test('four students on one browser are shown as a hint, which somebody looks at; nobody was stopped', async ({ page, browser }) => {
  const counter = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  for (const person of [ayinur, sun, wu, zhou]) {
    const student = await Student.inBrowser(counter, program, person, '/#/login')
    await student.logIn()
    await counter.evaluate(() => fetch('/api/logout', { method: 'POST', headers: { 'X-Requested-With': 'xinsheng', 'Content-Type': 'application/json' }, body: '{}' }))
    await counter.goto('about:blank')
  }
  await loginStaff(page, program, 'xueji', '/alerts')
  const hint = page.getByRole('region', { name: '同一设备登录' })
  await hint.getByRole('button', { name: '查看同一设备登录的学生' }).click()
  await expect(hint.getByRole('list', { name: '学生' })).toContainText(ayinur.name)
  await expectAccessible(page)
  await hint.getByRole('button', { name: '标记同一设备登录为已看过' }).click()
  const dialog = page.getByRole('dialog', { name: '标记已看过' })
  await dialog.getByRole('button', { name: '教学点公用设备' }).click()
  await dialog.getByRole('button', { name: '已看过', exact: true }).click()
  await expect(page.getByText('没有还没看过的提示。')).toBeVisible()
  await page.getByLabel('包括已看过的').check()
  await expect(hint.getByText('教学点公用设备')).toBeVisible()
})

test('an admin reads how the program runs and lets the configuration be checked', async ({ page }) => {
  await loginStaff(page, program, 'admin', '/system')
  await expect(page.getByRole('row', { name: /^发送消息 正常/ })).toBeVisible()
  await page.getByRole('button', { name: '检查配置' }).click()
  await expect(page.getByRole('region', { name: '配置检查结果' }).getByText('正常')).toHaveCount(8)
  await expectAccessible(page)
  await expect(page.getByRole('link', { name: '风险提示' })).toHaveCount(0)
})
