import { expect, test } from '@playwright/test'
import { feng, li, zhang } from './people'
import { codeAddress, handOver, phoneBrowser } from './phones'
import { started } from './program'
import { expectAccessible } from './staff'
import { Student } from './student'

const program = started()
test.setTimeout(240_000)
test.use({ viewport: { width: 1280, height: 800 } })

const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

test('a 专升本 student at a PC lets a phone take the face, a file and the signature, and pays by a code', async ({ page }) => {
  const student = await Student.inBrowser(page, program, li)
  await student.logIn()
  await student.prepare()
  await student.button('同意并继续').click()

  await test.step('the phone takes the face; both sides say how far it is, and the PC goes on by itself', async () => {
    const { phone, hand } = await handOver(page, '用手机拍照', program, li)
    await hand.sees('手机继续办理')
    await expect(phone.getByText('已连接电脑')).toBeVisible()
    await expect(phone.getByText('李**')).toBeVisible()
    await expect(phone.getByText(li.name)).toHaveCount(0)
    await expect(page.getByText('已连接，请在手机上操作')).toBeVisible()
    await expectAccessible(phone)
    await hand.button('打开摄像头').click()
    await expect(phone.getByText('已完成')).toBeVisible({ timeout: 40_000 })
    await student.sees('身份信息核对')
    await phone.context().close()
  })

  await student.confirmIdentity()
  await student.fillForm('大学专科毕业', '2020')

  await test.step('the phone photographs the front of the ID card; the PC shows it as soon as it has come', async () => {
    const card = page.locator('section.attachment').filter({ has: page.getByRole('heading', { name: '身份证人像面' }) })
    const { phone, hand } = await handOver(page, '用手机拍照', program, li, card)
    await phone.getByLabel('拍照：身份证人像面').setInputFiles('portrait.jpg')
    await expect(card.locator('.files li')).toBeVisible()
    await expect(card.getByText('已收到 1 个文件')).toBeVisible()
    await hand.button(/^完成/).click()
    await expect(phone.getByText('已完成')).toBeVisible()
    await expect(card.getByText('已完成')).toBeVisible()
    await phone.context().close()
  })

  for (const title of ['身份证国徽面', '证件照']) await student.upload(title)
  await student.attachProof('123456789012', inAMonth)
  await student.button('下一步').click()
  await student.sees('核对并提交')
  await student.button(/签|提交/).last().click()
  await student.sees('专升本人员诚信承诺书')

  await test.step('the phone signs; the PC shows the signature and hands the form in with it', async () => {
    const { phone, hand } = await handOver(page, '用手机签名', program, li)
    await hand.sign(phone)
    await hand.button('发送到电脑').click()
    await expect(phone.getByText('已完成')).toBeVisible()
    await expect(page.getByRole('img', { name: '手机上写的签名' })).toBeVisible()
    await expectAccessible(page)
    await student.button('提交').click()
    await student.button('确认提交').click()
    await phone.context().close()
  })

  await test.step('the code is paid, the PC shows the number, the advice and the slip', async () => {
    await student.button('去缴费').click()
    await expect(page.getByText('待支付')).toBeVisible()
    const order = (await student.world()).Orders!.at(-1)!
    await program.sandbox('pay', { user: li.id, code_url: order.CodeURL })
    await student.sees('注册完成')
    await expect(page.getByText('26302030001').first()).toBeVisible()
    await expect(page.getByText('建议截图保存学号')).toBeVisible()
    await expect(page.getByRole('link', { name: '下载注册凭证（PDF）' })).toBeVisible()
  })
})

test('a code works once, another one ends it, and either side may cancel', async ({ page, browser }) => {
  const student = await Student.inBrowser(page, program, feng)
  await student.logIn()
  await student.prepare()
  await student.button('同意并继续').click()
  const first = await codeAddress(page, () => student.button('用手机拍照').click())
  await expect(page.getByRole('img', { name: '手机继续办理二维码' })).toBeVisible()
  await expect(page.getByText(/二维码 9:\d\d 后过期/)).toBeVisible()
  await expectAccessible(page)
  const second = await codeAddress(page, () => student.button('换一个').click())

  const phone = await phoneBrowser(browser, program)
  await phone.goto(first)
  await expect(phone.getByText('这个二维码已失效')).toBeVisible()
  await phone.goto(second)
  await expect(phone.getByText('已连接电脑')).toBeVisible()
  await phone.reload()
  await expect(phone.getByText('已连接电脑')).toBeVisible()

  const other = await phoneBrowser(browser, program)
  await other.goto(second)
  await expect(other.getByText('已在另一部手机上打开')).toBeVisible()

  await phone.getByRole('button', { name: '取消' }).click()
  await expect(phone.getByText('已取消')).toBeVisible()
  await expect(page.getByText('手机上已取消')).toBeVisible()

  const third = await codeAddress(page, () => student.button('换一个').click())
  await other.goto(third)
  await expect(other.getByText('已连接电脑')).toBeVisible()
  await student.button('取消').click()
  await expect(other.getByText('已取消')).toBeVisible()
  await expect(student.button('用手机拍照')).toBeVisible()

  await test.step('a PC that logs out takes the job from the phone', async () => {
    const fourth = await codeAddress(page, () => student.button('用手机拍照').click())
    await other.goto(fourth)
    await expect(other.getByText('已连接电脑')).toBeVisible()
    await page.request.post(`${program.site}/api/logout`, { headers: { 'X-Requested-With': 'xinsheng' }, data: {} })
    await expect(other.getByText('本次手机办理已经结束')).toBeVisible()
  })
  await phone.context().close()
  await other.context().close()
})

test('the proof of a correction comes from the phone and is handed in at the PC', async ({ page }) => {
  const student = await Student.inBrowser(page, program, zhang)
  await student.logIn()
  await student.hurryTo('family')
  // The page may still be on its way to the form.
  await expect(() => page.goto(`${program.site}/#/correction`)).toPass()
  await page.getByLabel('更正项目').selectOption('sex')
  await page.getByLabel('正确的性别').selectOption('男')
  const { phone, hand } = await handOver(page, '用手机拍照或选文件', program, zhang)
  await phone.getByLabel('拍照：证明材料').setInputFiles('portrait.jpg')
  await hand.button(/^完成/).click()
  await expect(phone.getByText('已完成')).toBeVisible()
  await expect(page.locator('section.attachment .files li')).toBeVisible()
  await student.button('提交申请').click()
  await expect(page.getByText('申请已提交')).toBeVisible()
  await phone.context().close()
})
