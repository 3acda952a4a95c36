import { expect, test } from '@playwright/test'
import { wang, zhang, type Person } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()
test.beforeAll(() => program.sandbox('fault', { path: 'notice', kind: 'drop' }))

async function notices() {
  const list = await program.sandbox<{ Results: string[] | null }[]>('notices')
  return list.flatMap(({ Results }) => Results ?? []).filter((result) => /^2\d\d/.test(result))
}

test('no notice comes: the page asks by itself and finds the payment', async ({ page }) => {
  const student = await Student.onPhone(page, program, zhang)
  await student.logIn()
  await student.hurryTo('pay')
  await student.button('去缴费').click()
  await page.getByRole('button', { name: '立即支付' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await student.sees('注册完成')
  await expect(student.view.getByText('26101010001')).toBeVisible()
  expect(await notices()).toEqual([])
})

test('no notice comes and nobody looks: the sweeper finds the payment', async ({ page }) => {
  const student = await Student.onPhone(page, program, wang)
  await student.logIn()
  await student.hurryTo('pay')
  await student.button('去缴费').click()
  await expect(page.getByRole('button', { name: '立即支付' })).toBeVisible()

  await test.step('the phone is paid with and put away at once', async () => {
    const order = (await student.world()).Orders!.at(-1)!
    await program.sandbox('pay', { user: wang.id, out_trade_no: order.OutTradeNo })
    await page.goto('about:blank')
  })

  await test.step('the number is given without anybody asking, and told in the chat', async () => {
    await expect.poll(() => message(wang), { timeout: 45_000 }).toContain('26101020001')
    expect(await notices()).toEqual([])
  })

  await test.step('at the next login it is there', async () => {
    const back = await Student.inBrowser(page, program, wang)
    await back.logIn()
    await expect(page.getByRole('link', { name: '26101020001' })).toBeVisible()
  })

  async function message({ id }: Person) {
    const user = (await student.world()).Users.find(({ Key }) => Key === id)
    return JSON.stringify(user?.Chat ?? [])
  }
})
