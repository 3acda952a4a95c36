import { expect, test } from '@playwright/test'
import { feng, wang, zhang } from './people'
import { phoneBrowser } from './phones'
import { started } from './program'
import { Student } from './student'

const program = started()

test('a parent pays from another WeChat; the student is told, and alone gets the number', async ({ page, context }) => {
  const student = await Student.onPhone(page, program, zhang)
  await student.logIn()
  await student.hurryTo('pay')
  await student.button('生成代付链接').click()
  await expect(student.view.getByRole('img', { name: '代付二维码' })).toBeVisible()
  const link = await student.view.getByText(/\/p\/[A-Z2-7]{26}$/).innerText()

  const other = await context.browser()!.newContext({ viewport: { width: 390, height: 844 } })
  const home = await other.newPage()
  await test.step('the parent opens the link on the own phone, without a login', async () => {
    await home.goto(`${program.phone}/phone?user=parent`)
    await home.getByRole('button', { name: '扫一扫' }).first().click()
    await home.getByLabel('二维码的内容').fill(link)
    await home.getByRole('button', { name: '识别' }).click()
    const view = home.frameLocator('iframe[title="网页"]')
    await expect(view.getByRole('heading', { level: 1, name: '代付学费' })).toBeVisible()
    await expect(view.getByText('张**').first()).toBeVisible()
    await expect(view.getByText(zhang.name)).toHaveCount(0)
    await view.getByRole('button', { name: '去缴费' }).click()
    await home.getByRole('button', { name: '立即支付' }).click()
    await home.getByRole('button', { name: '完成' }).click()
    await expect(view.getByText('支付成功，感谢您代付')).toBeVisible()
    await expect(view.getByText('26101010001')).toHaveCount(0)
  })

  await test.step('the student\'s page goes on by itself, and the number arrives in the own chat', async () => {
    await student.sees('注册完成')
    await expect(student.view.getByText('学费已由他人支付')).toBeVisible()
    await expect(student.view.getByText('26101010001').first()).toBeVisible()
    const chats = async (key: string) => JSON.stringify((await student.world()).Users.find(({ Key }) => Key === key)?.Chat ?? [])
    await expect.poll(() => chats(zhang.id)).toContain('26101010001')
    expect(await chats('parent')).not.toContain('26101010001')
  })
  await other.close()
})

test('somebody pays at a PC by a code; a link that was taken back opens nothing', async ({ page, context }) => {
  const student = await Student.inBrowser(page, program, wang)
  // Typed as a keyboard of full-width letters gives it.
  await student.logIn(wang.phone, '３２０１０２１９９７０１０１９８５ｘ')
  await student.hurryTo('pay')
  await student.button('生成代付链接').click()
  const address = page.getByText(/\/p\/[A-Z2-7]{26}$/)
  const first = await address.innerText()
  await student.button('作废').click()
  await expect(address).toHaveCount(0)
  await student.button('生成代付链接').click()
  const second = await address.innerText()

  const pc = await context.browser()!.newContext({ viewport: { width: 1280, height: 800 } })
  const desk = await pc.newPage()
  await desk.goto(first)
  await expect(desk.getByText('这个代付链接已作废')).toBeVisible()
  await desk.goto(second)
  await desk.getByRole('button', { name: '去缴费' }).click()
  await expect(desk.getByRole('img', { name: '微信支付二维码' })).toBeVisible()
  const order = (await student.world()).Orders!.at(-1)!
  await program.sandbox('pay', { user: 'parent', code_url: order.CodeURL })
  await expect(desk.getByText('支付成功，感谢您代付')).toBeVisible()
  await student.sees('注册完成')
  await expect(page.getByText('学费已由他人支付')).toBeVisible()
  await pc.close()
})

test('somebody pays in the browser of a phone that has no WeChat login, outside of WeChat', async ({ page, browser }) => {
  const student = await Student.inBrowser(page, program, feng)
  await student.logIn()
  await student.hurryTo('pay')
  await student.button('生成代付链接').click()
  const link = await page.getByText(/\/p\/[A-Z2-7]{26}$/).innerText()

  const payer = await phoneBrowser(browser, program)
  await payer.goto(link)
  const opened = payer.waitForRequest(/\/h5pay\/checkmweb/)
  await payer.getByRole('button', { name: '去缴费' }).click()
  expect((await (await opened).allHeaders()).referer).toBe(program.site + '/')
  await payer.getByRole('button', { name: '立即支付' }).click()
  await expect(payer.getByText('支付成功，感谢您代付')).toBeVisible()
  await expect(payer.getByText('26103020001')).toHaveCount(0)

  await student.sees('注册完成')
  await expect(page.getByText('学费已由他人支付')).toBeVisible()
  await expect(page.getByText('26103020001').first()).toBeVisible()
  await expect.poll(() => student.newestSMS()).toContain('26103020001')
  await payer.context().close()
})
