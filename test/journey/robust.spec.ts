// Slow phones, bad nets, pages that the phone kills, new deployments and sessions that end: nothing is lost, nothing is said that is not so.
import { expect, test } from '@playwright/test'
import { feng, sun, wang, zhang } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()

test('words written without a net outlive the page that the phone kills', async ({ page, context }) => {
  const student = await Student.inBrowser(page, program, feng)
  await student.logIn()
  await student.hurryTo('family')
  await student.field('姓名').fill('冯家长')
  await expect(page.getByText(/^已保存/)).toBeVisible()
  await page.route('**/api/sections/**', (route) => route.abort('internetdisconnected'))
  await student.field('工作单位').fill('示例农场')
  await expect(page.getByText('未保存，正在重试')).toBeVisible()
  await expect(page.getByText(/^已保存/)).toHaveCount(0)
  await student.button('下一步').click()
  await expect(page.getByText('内容还没有保存到服务器')).toBeVisible()
  await page.close()

  const again = await context.newPage()
  const back = await Student.inBrowser(again, program, feng)
  await expect(again).toHaveURL(/#\/form\/family/)
  await expect(back.field('工作单位')).toHaveValue('示例农场')
  await expect(again.getByText(/^已保存/)).toBeVisible()
  await again.reload()
  await expect(back.field('工作单位')).toHaveValue('示例农场')

  await test.step('what an application says is not with the server at all, and is still there', async () => {
    await again.goto(`${program.site}/#/reserve`)
    await back.sees('保留入学资格申请')
    await again.getByLabel('申请原因').fill('今年应征入伍，不能到校学习。')
    await expect.poll(() => again.evaluate(() => localStorage.getItem('unsaved:reserve'))).not.toBeNull()
    const third = await context.newPage()
    await again.close()
    await third.goto(`${program.site}/#/reserve`)
    await expect(third.getByLabel('申请原因')).toHaveValue('今年应征入伍，不能到校学习。')
    await third.goto(`${program.site}/#/me`)
    await third.getByRole('button', { name: '退出登录' }).click()
    await expect(third).toHaveURL(/#\/login/)
    expect(await third.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('unsaved:')))).toEqual([])
  })
})

test('a part that is gone after a deployment is loaded anew once; where the net is gone the page says so', async ({ page }) => {
  const student = await Student.inBrowser(page, program, wang)
  let pages = 0
  page.on('request', (request) => request.isNavigationRequest() && pages++)
  await page.route('**/assets/*.js', (route) => (pages === 0 ? route.fulfill({ status: 404, body: '' }) : route.continue()))
  await page.getByRole('link', { name: '收费标准' }).click()
  await student.sees('收费标准')
  expect(pages).toBe(1)

  await page.goto(`${program.site}/#/login`)
  await page.route('**/assets/*.js', (route) => route.abort('internetdisconnected'))
  await page.route('**/api/school', (route) => route.abort('internetdisconnected'))
  await page.getByRole('link', { name: '查看通知' }).click()
  await student.sees('页面没有打开')
  expect(pages).toBe(1)
})

test('a correction’s words outlive the page too', async ({ page, context }) => {
  const student = await Student.inBrowser(page, program, sun)
  await student.logIn()
  await student.hurryTo('family')
  await expect(page.getByRole('heading', { name: '家庭成员', level: 2 })).toBeVisible()
  await page.goto(`${program.site}/#/correction`)
  await page.getByLabel('更正项目').selectOption('name')
  await student.field('正确的姓名').fill('孙免交')
  await student.field('说明').fill('身份证上是“交”。')
  await expect.poll(() => page.evaluate(() => localStorage.getItem('unsaved:correction'))).not.toBeNull()
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('孙免交')
  await page.close()

  const again = await context.newPage()
  await again.goto(`${program.site}/#/correction`)
  await expect(again.getByLabel('更正项目')).toHaveValue('name')
  await expect(again.getByLabel('正确的姓名')).toHaveValue('孙免交')
  await expect(again.getByRole('textbox', { name: '说明' })).toHaveValue('身份证上是“交”。')
})

test('the end of the session is announced, and 继续办理 puts it off', async ({ page }) => {
  const student = await Student.inBrowser(page, program, wang)
  await student.logIn()
  const end = page.getByRole('alertdialog')
  await expect(end).toHaveCount(0)
  let left = '100'
  await page.route('**/api/me', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, headers: { ...answer.headers(), 'x-session-left': left } })
  })
  await page.reload()
  await expect(end).toContainText('登录将在 2 分钟内失效')
  left = '1800'
  await end.getByRole('button', { name: '继续办理' }).click()
  await expect(end).toHaveCount(0)
  await student.sees('新生入学办理')
})

// Every kind of page once: login, face, form, uploads, submit, payment; the others go by their requests.
test('a slow phone on a slow net gets to the number', async ({ page }) => {
  test.setTimeout(300_000)
  const student = await Student.inBrowser(page, program, zhang)
  const throttle = await page.context().newCDPSession(page)
  await throttle.send('Network.enable')
  await throttle.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 })
  await throttle.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  await page.reload()
  page.setDefaultTimeout(60_000)
  const slow = expect.configure({ timeout: 60_000 })
  await student.enterCode()
  await slow(page.getByRole('heading', { name: '请选择一项办理' })).toBeVisible()
  await student.prepare()
  await student.button('同意并继续').click()
  await student.givePicture()
  await slow(page.getByText('人脸识别通过')).toBeVisible()
  await student.button('下一步').click()
  await slow(page.getByText('所属教学点')).toBeVisible()
  await student.button('下一步').click()
  await slow(page.getByLabel('政治面貌')).toBeVisible()
  await student.field('现工作单位').fill('示例公司')
  await slow(page.getByText(/^已保存/)).toBeVisible()
  await student.hurryOn('attachments')
  for (const [title, file] of [['身份证人像面', 'id-front.jpg'], ['身份证国徽面', 'id-back.jpg'], ['证件照', 'photo.jpg']] as const) {
    const card = page.locator('section.attachment').filter({ has: page.getByRole('heading', { name: title }) })
    await slow(card).toBeVisible()
    await page.getByLabel(`从相册或文件选择：${title}`).setInputFiles(await student.album(file))
    if (title === '证件照') await student.button('确定').click()
    await slow(card.locator('.files li')).toBeVisible()
  }
  await student.button('下一步').click()
  await slow(page.getByRole('heading', { level: 1, name: '核对并提交' })).toBeVisible()
  await student.button(/提交/).click()
  await student.button('确认提交').click()
  await slow(page.getByRole('heading', { level: 1, name: '缴纳学费' })).toBeVisible()
  await student.button('去缴费').click()
  await slow(page.getByRole('img', { name: '微信支付二维码' })).toBeVisible()
  await program.sandbox('pay', { user: zhang.id, code_url: (await student.world()).Orders!.at(-1)!.CodeURL })
  await slow(page.getByText('26101010001').first()).toBeVisible()
})
