// A notice to many: composed, checked for everybody, tested, approved by a second person, sent once, followed.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { zhang } from './people'
import { started } from './program'
import { confirmIfAsked, expectAccessible, loginStaff, shootStaff, type Account } from './staff'
import { Student, type World } from './student'

// Six recipients are many here.
test.beforeAll(() => {
  process.env.XINSHENG_PUSH__APPROVE_ABOVE = '5'
})
test.afterAll(() => {
  delete process.env.XINSHENG_PUSH__APPROVE_ABOVE
})
const program = started()

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const count = (page: Page, name: string) => page.getByRole('region', { name: '进度' }).getByRole('button', { name })

/** Presses a button that may ask for password and authenticator once more, and waits for what it brings. */
async function press(page: Page, name: string, account: Account, brings: Locator) {
  await button(page, name).click()
  await confirmIfAsked(page, program, account, brings)
}

async function chat(): Promise<string> {
  const { Users } = await program.sandbox<World>('inspect')
  return JSON.stringify(Users.find((user) => user.Key === zhang.id)?.Chat ?? [])
}

test('the registrar tells everybody of the deadline, a colleague approves, and each is told once', async ({ page, browser }) => {
  test.setTimeout(180_000)
  const student = await Student.onPhone(page, program, zhang)
  await student.logIn()
  await student.prepare()
  await student.passFace()

  const desk = await (await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })).newPage()
  await loginStaff(desk, program, 'xueji', '/push')
  await expect(desk.getByText('还没有推送过')).toBeVisible()
  await expect(desk.getByRole('switch', { name: '未办完' })).toBeChecked()
  await expectAccessible(desk)
  await shootStaff(desk, 'push-1-list')

  await desk.getByRole('link', { name: '新建通知' }).click()
  await desk.getByLabel('名称（只给老师看）').fill('截止提醒')
  await desk.getByLabel(/^用途/).selectOption({ label: '期限提醒' })
  await desk.getByLabel('模板（取自公众号）').selectOption({ label: '办理截止提醒' })
  await desk.getByLabel('办理事项', { exact: true }).fill('新生注册限时优惠')
  await desk.getByLabel('在提示中插入字段').selectOption({ label: '姓名' })
  await desk.getByLabel('提示', { exact: true }).press('End')
  await desk.getByLabel('提示', { exact: true }).pressSequentially('同学，请在截止日前尽快回来办完全部注册手续')
  await desk.getByLabel('时间', { exact: true }).fill('{deadline}')
  await desk.getByText('微信确定送不到的，改发短信').click()
  await desk.getByLabel('短信变量 {1}', { exact: true }).fill('截止日')
  await expectAccessible(desk)
  await shootStaff(desk, 'push-2-new')
  await button(desk, '保存并核对').click()

  // What WeChat would refuse is named before anything is sent, and so are words of advertising.
  await expect(desk.getByText('1 名学生的内容不合要求')).toBeVisible()
  await expect(desk.getByText(/营销字样：优惠、限时/)).toBeVisible()
  await expect(button(desk, '提交复核')).toBeDisabled()
  await expectAccessible(desk)
  await shootStaff(desk, 'push-3-refused')
  await desk.getByRole('link', { name: '修改' }).click()
  await desk.getByLabel('办理事项', { exact: true }).fill('新生注册')
  await desk.getByLabel('提示', { exact: true }).fill('请尽快回来办完')
  await button(desk, '保存并核对').click()
  await expect(desk.getByText('每名学生的内容都已检查')).toBeVisible()
  await expect(desk.getByText(/张示例（/)).toBeVisible()

  // A test goes to whoever wrote to the account for a code.
  await program.sandbox('say', { user: zhang.id, text: '推送测试' })
  await expect.poll(chat).toMatch(/测试码 \d{6}/)
  await desk.getByLabel('测试码或手机号').fill(/测试码 (\d{6})/.exec(await chat())![1]!)
  await button(desk, '发给自己测试').click()
  await expect.poll(chat).toContain('请尽快回来办完')
  await expectAccessible(desk)
  await shootStaff(desk, 'push-4-checked')

  await press(desk, '提交复核', 'xueji', desk.getByText('请另一位老师打开本页复核'))
  await expect(button(desk, '复核通过并发送')).toHaveCount(0)

  const second = await (await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })).newPage()
  await loginStaff(second, program, 'xueji2', new URL(desk.url()).hash.slice(1))
  await press(second, '复核通过并发送', 'xueji2', second.getByText(/发起 xueji，复核 xueji2/))
  await expect(second.getByText('已完成')).toBeVisible({ timeout: 60_000 })
  await expect.poll(async () => ((await chat()).match(/请尽快回来办完/g) ?? []).length).toBe(2)
  await expect(count(second, '已送达')).toBeVisible({ timeout: 30_000 })
  await expectAccessible(second)
  await shootStaff(second, 'push-5-done')

  // What failed is taken as a file, and is sent again to nobody else.
  const [failures] = await Promise.all([second.waitForEvent('download'), button(second, '导出失败名单').click()])
  const lines = readFileSync(await failures.path(), 'utf8').trim().split('\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(/沈\*.*短信被拒收/)
  await button(second, '重发失败的 1 人').click()
  await button(second, '确定').click()
  await expect(second.getByText('已重新发送')).toBeVisible()
  await expect(button(second, '重发失败的 1 人')).toBeVisible({ timeout: 60_000 })
  await expect(count(second, '已受理')).toContainText('16')

  // To a list, at a later time, and taken back.
  const examNo = /\d{10,14}/.exec(await second.getByRole('row', { name: new RegExp(zhang.name) }).innerText())![0]
  await second.getByRole('link', { name: '以此新建' }).click()
  await second.getByLabel('名称（只给老师看）').fill('名单通知')
  await second.locator('input[type=file]').setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(`姓名,考生号\n${zhang.name},${examNo}\n某某,26999999999999\n`) })
  await button(second, '保存并核对').click()
  await expect(second.getByText(/不在这个批次：26999999999999/)).toBeVisible()

  // Two change one draft: who comes second is told, loses nothing that was typed, and chooses.
  const draft = new URL(second.url()).hash.slice(1)
  await desk.goto(`${program.site}/staff/#${draft}`)
  await desk.getByRole('link', { name: '修改' }).click()
  await expect(desk.getByLabel('名称（只给老师看）')).toHaveValue('名单通知')
  await second.getByRole('link', { name: '修改' }).click()
  await expect(second.getByLabel('名称（只给老师看）')).toHaveValue('名单通知')
  await desk.getByLabel('名称（只给老师看）').fill('名单通知 甲')
  await button(desk, '保存并核对').click()
  await expect(desk.getByRole('heading', { level: 1, name: '名单通知 甲' })).toBeVisible()
  await second.getByLabel('名称（只给老师看）').fill('名单通知 乙')
  await button(second, '保存并核对').click()
  await expect(second.getByRole('alert').filter({ hasText: '刚改过这份通知' })).toBeVisible()
  await expect(second.getByLabel('名称（只给老师看）')).toHaveValue('名单通知 乙')
  await expectAccessible(second)
  await shootStaff(second, 'push-conflict')
  await button(second, '保留我填的，再保存').click()
  await button(second, '保存并核对').click()
  await expect(second.getByRole('heading', { level: 1, name: '名单通知 乙' })).toBeVisible()

  await second.getByText('定时发送', { exact: true }).first().click()
  await second.getByLabel('时间（北京时间）').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 16))
  await press(second, '定时发送', 'xueji2', second.getByRole('region', { name: '进度' }).filter({ hasText: /定时发送.*起/ }))
  await shootStaff(second, 'push-6-scheduled')
  await button(second, '暂停').click()
  await expect(second.getByRole('region', { name: '进度' })).toContainText('已暂停')
  await button(second, '继续').click()
  await expect(second.getByRole('region', { name: '进度' })).toContainText(/定时发送.*起/)
  await button(second, '取消发送').click()
  await button(second, '确定').click()
  await expect(second.getByRole('region', { name: '进度' })).toContainText('已取消')

  // A rule of reminders is switched off, and stays so.
  await second.goto(`${program.site}/staff/#/push`)
  await second.getByRole('switch', { name: '未办完' }).uncheck()
  await expect(second.getByText('已保存')).toBeVisible()
  await second.reload()
  await expect(second.getByRole('switch', { name: '未办完' })).not.toBeChecked()
  await expect(second.getByRole('row', { name: /截止提醒/ })).toContainText('已完成')
  await shootStaff(second, 'push-7-list')
})
