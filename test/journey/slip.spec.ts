import { expect, test } from '@playwright/test'
import { zhang } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()

test('the slip: a picture inside WeChat, a link that works once, a page that anybody can verify by', async ({ page, context }) => {
  const student = await Student.onPhone(page, program, zhang)
  await student.logIn()
  await student.hurryTo('pay')
  await student.button('去缴费').click()
  await page.getByRole('button', { name: '立即支付' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await student.sees('注册完成')

  const picture = student.view.getByRole('img', { name: '注册凭证' })
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1000)
  await student.button('复制链接到浏览器下载').click()
  const link = await student.view.getByText(/\/slip\/[A-Z2-7]{26}$/).innerText()

  await test.step('inside WeChat the link is not used up; in a browser it gives the PDF, once', async () => {
    const inside = await context.request.get(link, { headers: { 'User-Agent': 'MicroMessenger/8.0.49' } })
    expect(await inside.text()).toContain('浏览器')
    const first = await context.request.get(link)
    expect(first.headers()['content-type']).toBe('application/pdf')
    expect((await first.body()).subarray(0, 4).toString()).toBe('%PDF')
    expect((await context.request.get(link)).status()).toBe(404)
  })

  await test.step('at a PC the PDF is a download', async () => {
    const desk = await Student.inBrowser(await context.newPage(), program, zhang)
    await desk.logIn()
    await desk.view.getByRole('link', { name: '26101010001' }).click()
    await expect(desk.view.getByRole('link', { name: '下载注册凭证（PDF）' })).toBeVisible()
  })

  await test.step('a code that is on no slip is not good, also without scripts', async () => {
    const plain = await context.browser()!.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
    const verify = await plain.newPage()
    expect((await verify.goto(`${program.site}/v/NOTHING`))!.status()).toBe(404)
    await expect(verify.getByText('无效')).toBeVisible()
    await plain.close()
  })
})
