import { expect, test } from '@playwright/test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ayinur, wang, zhang } from './people'
import { phoneBrowser } from './phones'
import { started } from './program'
import { expectAccessible } from './staff'
import { Student } from './student'

const program = started()
test.setTimeout(240_000)

test('in a phone’s browser the student pays outside of WeChat; coming back proves nothing', async ({ browser }) => {
  const page = await phoneBrowser(browser, program)
  const student = await Student.inBrowser(page, program, zhang)
  await student.logIn()
  await student.hurryTo('pay')

  await test.step('WeChat Pay’s page is told where it was opened from, and a cancelled payment is none', async () => {
    const opened = page.waitForRequest(/\/h5pay\/checkmweb/)
    await student.button('去缴费').click()
    expect((await (await opened).allHeaders()).referer).toBe(program.site + '/')
    await student.button('取消').click()
    await student.sees('支付结果确认')
    await expect(page.getByText('待支付')).toBeVisible()
    expect(page.url()).toBe(`${program.site}/#/pay/result`)
    await expectAccessible(page)
  })

  await test.step('the same order goes on, and the server says that it is paid', async () => {
    await page.getByRole('link', { name: '继续支付' }).or(student.button('继续支付')).first().click()
    await student.sees('缴纳学费')
    await student.button('继续支付').click()
    await student.button('立即支付').click()
    await student.sees('注册完成')
    await expect(page.getByText('26101010001').first()).toBeVisible()
    expect((await student.world()).Orders).toHaveLength(1)
  })
  await page.context().close()
})

test('the phone takes over from the code at the PC, and the PC takes it back: one order at a time', async ({ page, browser }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const desk = await Student.inBrowser(page, program, wang)
  await desk.logIn()
  await desk.hurryTo('pay')
  await desk.button('去缴费').click()
  await expect(page.getByRole('img', { name: '微信支付二维码' })).toBeVisible()

  const phone = await phoneBrowser(browser, program)
  const hand = await Student.inBrowser(phone, program, wang)
  await hand.logIn()
  await hand.goOn()
  await hand.passFaceByFile()
  await hand.sees('缴纳学费')
  await hand.button('继续支付').click()
  await expect(hand.button('立即支付')).toBeVisible()
  const states = async () => (await desk.world()).Orders!.slice(-3).map(({ State }) => State)
  expect((await states()).slice(-2)).toEqual(['CLOSED', 'NOTPAY'])

  await expect(page.getByText('已在另一台设备上打开支付')).toBeVisible()
  await expect(page.getByRole('img', { name: '微信支付二维码' })).toHaveCount(0)
  await desk.button('改在这里付款').click()
  await expect(page.getByRole('img', { name: '微信支付二维码' })).toBeVisible()
  expect(await states()).toEqual(['CLOSED', 'CLOSED', 'NOTPAY'])
  await hand.button('立即支付').click()
  await expect(phone.getByText(/关闭|不能支付|失效/)).toBeVisible()

  const order = (await desk.world()).Orders!.at(-1)!
  await program.sandbox('pay', { user: wang.id, code_url: order.CodeURL })
  await desk.sees('注册完成')
  await phone.context().close()
})

test('where the college has no H5 payment, WeChat opens the page by a link or a saved code', async ({ page, browser }) => {
  const file = join(program.data, 'intake.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('h5_pay: true', 'h5_pay: false'))
  await program.command('intake', 'import', file)

  const phone = await phoneBrowser(browser, program)
  const student = await Student.inBrowser(phone, program, ayinur)
  await student.logIn(ayinur.phone, ayinur.number.toLowerCase())
  await student.hurryTo('pay')
  await expect(phone.getByRole('heading', { name: '用微信打开' })).toBeVisible()
  await expect(phone.getByRole('img', { name: /用微信打开的二维码/ })).toBeVisible()
  await expect(student.button('去缴费')).toHaveCount(0)
  await phone.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await student.button('复制链接').click()
  const link = await phone.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(`${program.site}/go/pay`)
  await expectAccessible(phone)

  await test.step('in WeChat it is paid, and the browser’s page goes on by itself', async () => {
    await page.goto(`${program.phone}/phone?user=${ayinur.id}`)
    await page.getByRole('button', { name: '扫一扫' }).first().click()
    await page.getByLabel('二维码的内容').fill(link)
    await page.getByRole('button', { name: '识别' }).click()
    const hand = new Student(page.frameLocator('iframe[title="网页"]'), program, ayinur)
    await hand.logIn()
    await hand.goOn()
    await hand.passFaceByFile()
    await hand.button(/去缴费|继续支付/).click()
    await page.getByRole('button', { name: '立即支付' }).click()
    await page.getByRole('button', { name: '完成' }).click()
    await hand.sees('注册完成')
    await student.sees('注册完成')
  })
  await phone.context().close()
})
