import { expect, test, type Page } from '@playwright/test'
import { handIn } from './hurry'
import { wang, zhang, zhou, type Person } from './people'
import { started } from './program'
import { expectAccessible, loginStaff, shootStaff } from './staff'
import { albumFile, type World } from './student'

const program = started()
test.use({ viewport: { width: 1280, height: 800 } })

test('a registrar finds a student by the whole number, extends, and cancels with a second person’s own session', async ({ page, browser }) => {
  await loginStaff(page, program, 'xueji', '/students')
  await page.getByRole('textbox', { name: '查找' }).fill(zhang.number)
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page.getByText('共 1 条')).toBeVisible()
  await expectAccessible(page)
  expect(page.url()).not.toContain(zhang.number)
  await page.getByRole('link', { name: zhang.name }).click()
  await expect(page.getByRole('heading', { name: zhang.name })).toBeVisible()
  await expect(page.getByText(zhang.number)).toHaveCount(0)
  await page.getByRole('button', { name: '显示完整证件号码' }).click()
  const why = page.getByRole('dialog', { name: '显示完整证件号码' })
  await why.getByLabel('原因').fill('电话核对')
  await why.getByRole('button', { name: '显示' }).click()
  await expect(page.getByText(zhang.number)).toBeVisible()

  await page.getByRole('button', { name: '延长办理时间' }).click()
  const extend = page.getByRole('dialog', { name: '延长办理时间' })
  await extend.getByLabel('原因').fill('出差')
  await extend.getByLabel('办理到').fill('2099-01-01T12:00')
  await extend.getByRole('button', { name: '延长办理时间' }).click()
  await expect(extend).toBeHidden()

  await page.getByRole('button', { name: '取消入学资格' }).click()
  const cancel = page.getByRole('dialog', { name: '取消入学资格' })
  await cancel.getByLabel('原因').fill('重复录取')
  await cancel.getByRole('button', { name: '取消入学资格' }).click()
  const waiting = page.getByRole('region', { name: '取消入学资格' })
  await expect(waiting.getByRole('button', { name: '撤回' })).toBeVisible()
  await expect(waiting.getByRole('button', { name: '复核通过' })).toHaveCount(0)

  const second = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await loginStaff(second, program, 'xueji2', '/approvals')
  await expectAccessible(second)
  await second.getByRole('button', { name: '复核通过' }).click()
  await expect(second.getByText('没有等待复核的事项。')).toBeVisible()
  await page.reload()
  await expect(page.locator('.frame').getByText('取消入学资格')).toBeVisible()
  await page.getByRole('tab', { name: /时间线/ }).click()
  const lines = page.getByRole('list', { name: '时间线' })
  for (const line of ['查看完整证件号码和手机号', '提请复核', 'xueji、xueji2', '办理时间已延长']) await expect(lines).toContainText(line)
  await expectAccessible(page)
})

test('a clerk of another point finds nobody and is told that there is no such student', async ({ page }) => {
  await loginStaff(page, program, 'dian02', '/students')
  await page.getByRole('textbox', { name: '查找' }).fill(zhang.number)
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page.getByText('没有符合条件的学生')).toBeVisible()
  await expect(page.getByRole('link', { name: '待复核' })).toHaveCount(0)
})

test('a clerk reminds who has not begun, once a day', async ({ page }) => {
  await loginStaff(page, program, 'dian01', '/worklist')
  await expect(page.getByRole('button', { name: /^未开始 \d+/ })).toBeVisible()
  const row = page.getByRole('row').nth(1)
  await row.getByRole('button', { name: /^提醒/ }).click()
  await expect(row.getByText('已提醒')).toBeVisible()
  await expectAccessible(page)
  await shootStaff(page, 'worklist')
  await page.reload()
  await expect(page.getByRole('row').nth(1).getByText('今天已提醒')).toBeVisible()
})

test('a fact of the roster put right with its proof: bill, timeline and student follow', async ({ page }) => {
  test.setTimeout(120_000)
  await handIn(program, wang)
  await loginStaff(page, program, 'xueji', '/students')
  await find(page, wang)
  await page.getByRole('tab', { name: '缴费' }).click()
  await expect(page.getByText('应缴 2,640.00 元')).toBeVisible()
  await page.getByRole('link', { name: '更正录取信息' }).click()
  await page.getByLabel('更正项目').selectOption('major')
  await page.getByLabel('正确的录取专业').selectOption({ label: '高起本 法学（非脱产，5 年）' })
  await page.getByLabel(/更正依据/).fill('招生库为法学')
  await expect(page.getByRole('button', { name: '更正', exact: true })).toBeDisabled()
  await page.getByLabel('从相册或文件选择：证明材料').setInputFiles(await albumFile(program, 'D07/id-front.jpg'))
  await expect(page.getByRole('button', { name: '更正', exact: true })).toBeEnabled()
  await expectAccessible(page)
  await shootStaff(page, 'correct')
  await page.getByRole('button', { name: '更正', exact: true }).click()

  await expect(page.getByRole('heading', { level: 1, name: wang.name })).toBeVisible()
  await expect(page.locator('.facts')).toContainText('法学')
  await page.getByRole('tab', { name: '缴费' }).click()
  await expect(page.getByText('应缴 2,400.00 元')).toBeVisible()
  await shootStaff(page, 'student-money')
  await page.getByRole('tab', { name: '资料' }).click()
  await shootStaff(page, 'student-form')
  await page.getByRole('tab', { name: /时间线/ }).click()
  await expect(page.getByRole('list', { name: '时间线' })).toContainText(/水利水电工程.*→.*法学.*招生库为法学/)
  await shootStaff(page, 'student-timeline')
  await expect.poll(async () => (await messages(wang)).join()).toContain('更正')
})

test('more attempts, a phone unbound; the messages say what went out', async ({ page }) => {
  await loginStaff(page, program, 'xueji', '/students')
  await find(page, wang)
  for (const [act, button] of [['增加人脸识别次数', '增加人脸识别次数'], ['解除绑定', '解除绑定']] as const) {
    await page.getByRole('button', { name: act }).click()
    const why = page.getByRole('dialog', { name: act })
    await why.getByLabel('原因').fill('当面核对本人证件')
    if (act === '解除绑定') await shootStaff(page, 'student-unbind')
    await why.getByRole('button', { name: button }).click()
    await expect(why).toBeHidden()
  }
  await expect(page.getByText('名单手机号')).toBeVisible()
  await expect(page.getByRole('button', { name: '解除绑定' })).toHaveCount(0)
  await page.getByRole('tab', { name: /消息（[1-9]/ }).click()
  const sent = page.getByRole('list', { name: '消息' })
  for (const line of ['更正', '增加次数']) await expect(sent).toContainText(line)
  await expectAccessible(page)
  await shootStaff(page, 'student-messages')
})

test('a clerk sees the own point’s student masked, and whole for a reason that the timeline keeps', async ({ page }) => {
  await loginStaff(page, program, 'dian02', '/students')
  await find(page, zhou)
  await expect(page.getByText(zhou.number)).toHaveCount(0)
  for (const act of ['延长办理时间', '解除绑定', '取消入学资格']) await expect(page.getByRole('button', { name: act })).toHaveCount(0)
  await page.getByRole('button', { name: '显示完整证件号码' }).click()
  const why = page.getByRole('dialog', { name: '显示完整证件号码' })
  await expectAccessible(page)
  await shootStaff(page, 'student-unmask')
  await why.getByLabel('原因').fill('现场核对证件')
  await why.getByRole('button', { name: '显示' }).click()
  await expect(page.getByText(zhou.number)).toBeVisible()
  await page.reload()
  await expect(page.getByText(zhou.number)).toHaveCount(0)
  await page.getByRole('tab', { name: /时间线/ }).click()
  await expect(page.getByRole('list', { name: '时间线' })).toContainText(/查看完整证件号码和手机号\s*现场核对证件/)
  await shootStaff(page, 'student-clerk')
})

/** From the list to the page of one student. */
async function find(page: Page, person: Person) {
  await page.getByRole('textbox', { name: '查找' }).fill(person.number)
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page.getByText('共 1 条')).toBeVisible()
  await page.getByRole('row').nth(1).getByRole('link').first().click()
  await expect(page.getByRole('tab', { name: '资料' })).toBeVisible()
}

/** What reached the student's phone and chat. */
async function messages(person: Person) {
  const { SMS, Users } = await program.sandbox<World>('inspect')
  const chat = Users.find(({ Key }) => Key === person.id)?.Chat ?? []
  return [...(SMS ?? []).filter(({ Phone }) => Phone.endsWith(person.phone)).map(({ Text }) => Text), ...chat.map(({ Title }) => Title)]
}
