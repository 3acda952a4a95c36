import { expect, test } from '@playwright/test'
import { qian, zhang } from './people'
import { started } from './program'
import { expectAccessible, loginStaff } from './staff'
import { Student } from './student'

const program = started()
const blocked = '13900000091'
const late = '13900000093'

test('no SMS arrives: the page says why, staff issue a code, and the phone is changed after the face', async ({ page, browser }) => {
  const student = await Student.inBrowser(page, program, qian)
  await student.fillLogin(blocked)
  await student.button('获取验证码').click()
  await student.button('仍未收到？').click()
  await expect(page.getByText('同一手机号每小时最多 5 次')).toContainText('已获取 1 次')
  await expectAccessible(page)

  const desk = await (await browser.newContext()).newPage()
  const code = await test.step('staff see what became of the SMS, and issue a code', async () => {
    await loginStaff(desk, program, 'xueji', '/students')
    await desk.getByLabel('查找').fill(qian.name)
    await desk.keyboard.press('Enter')
    await desk.getByRole('link', { name: qian.name }).click()
    await expect(desk.getByText(/没有发出：号码在拒收名单/)).toBeVisible()
    await desk.getByRole('button', { name: '发放登录码' }).click()
    const dialog = desk.getByRole('dialog', { name: '发放登录码' })
    await dialog.getByLabel('手机号').fill(blocked)
    await dialog.getByLabel(/原因/).fill('已查验身份证原件')
    await dialog.getByRole('button', { name: '发放登录码' }).click()
    const shown = desk.getByRole('dialog', { name: '登录码', exact: true })
    const text = await shown.getByRole('status').innerText()
    await shown.getByRole('button', { name: '已告诉学生' }).click()
    await desk.getByRole('tab', { name: /时间线/ }).click()
    await expect(desk.getByText('老师发放了登录码')).toBeVisible()
    return text
  })

  await test.step('the code opens the door, and the face what was stored', async () => {
    await student.button('我有老师发放的登录码').click()
    await student.field('登录码').fill(code)
    await student.button('用登录码登录').click()
    await student.prepare()
    await student.button('同意并继续').click()
    await student.passFaceByFile()
    await student.confirmIdentity()
  })

  await test.step('更换 stands beside the phone, and moves the binding', async () => {
    await page.getByRole('link', { name: '更换' }).click()
    await student.sees('更换手机号')
    await student.field('新手机号').fill(qian.otherPhone!)
    const kept = () => page.evaluate(() => localStorage.getItem('unsaved:phone'))
    await expect.poll(kept).not.toBeNull()
    const before = await kept()
    await student.button('获取验证码').click()
    await expect.poll(() => student.newestSMS(qian.otherPhone)).toMatch(/\d{6}/)
    await expect.poll(kept).not.toBe(before)
    await page.reload()
    await expect(student.field('新手机号')).toHaveValue(qian.otherPhone!)
    await student.field('短信验证码').fill(/\d{6}/.exec(await student.newestSMS(qian.otherPhone))![0])
    await expectAccessible(page)
    await student.button('更换').click()
    await expect(page.getByText('手机号已更换为 139****0113')).toBeVisible()
    await student.button('返回').click()
    await expect(page.getByText('139****0113')).toBeVisible()
  })

  await test.step('the command issues codes too', async () => {
    const said = await program.command('student', 'code', '--by', 'demo', '--reason', '已查验身份证原件', '--phone', blocked, '26320100000113')
    expect(said).toMatch(/\d{4} \d{4}/)
  })
})

test('an SMS is late: the page says what to do meanwhile, only the newest code counts, and the late one costs a try at most', async ({ page }) => {
  const student = await Student.inBrowser(page, program, zhang)
  await student.fillLogin(late)
  await student.button('获取验证码').click()
  await expect(page.getByText(/60 秒未收到请核对/)).toBeVisible()
  await student.button('仍未收到？').click()
  await expect(page.getByText('短信有时要 1–2 分钟才到，请以最新一条为准。')).toBeVisible()
  await student.button('重新获取').click()
  await expect(page.getByText('同一手机号每小时最多 5 次')).toContainText('已获取 2 次')
  expect(await student.newestSMS(late)).toBe('')

  await program.sandbox('advance', { seconds: 75 })
  const { SMS } = await student.world()
  const codes = SMS!.filter(({ Phone }) => Phone.endsWith(late)).map(({ Text }) => /\d{6}/.exec(Text)![0])
  expect(codes).toHaveLength(2)
  await page.getByLabel('短信验证码').fill(codes[0]!)
  await student.button('登录').click()
  await expect(page.getByText(/^验证码不正确.*最新一条/)).toBeVisible()
  await page.getByLabel('短信验证码').fill(codes[1]!)
  await student.button('登录').click()
  await expect(page.getByRole('heading', { name: '请选择一项办理' })).toBeVisible()
})
