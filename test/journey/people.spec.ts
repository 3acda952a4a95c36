import { expect, test } from '@playwright/test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Person } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()
const wei: Person = { id: 'D16', number: '350102199102289845', name: '卫已办', phone: '13900000016' }
const jiang: Person = { id: 'D17', number: '230102199409069874', name: '蒋同证', phone: '13900000017' }

test('who has registered already sees the number, letters and all, on the bound phone', async ({ page }) => {
  const student = await Student.inBrowser(page, program, wei)
  await student.logIn()
  await page.getByRole('link', { name: '26100CS10001' }).click()
  await student.sees('注册完成')
  await expect(page.getByText('26100CS10001').first()).toBeVisible()
  const slip = await page.request.get(`${program.site}/api/slip`)
  expect(slip.headers()['content-type'], await slip.text()).toBe('application/pdf')
})

test('one person in two open intakes chooses after the login, and may choose anew', async ({ page }) => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const file = join(program.data, 'intake-2023.yaml')
  const source = readFileSync(join(import.meta.dirname, '..', '..', 'cmd', 'xinsheng', 'demo', 'intake-2023.yaml'), 'utf8')
  writeFileSync(file, source.replace(/\$\{[\w.]+\}/g, '""').replace(/^opens:.*$/m, `opens: ${day(-7)}`).replace(/^closes:.*$/m, `closes: ${day(30)}`))
  await program.command('intake', 'import', file)

  const student = await Student.inBrowser(page, program, jiang)
  const enter = async (program: string) => {
    await student.enterCode()
    await student.sees('选择录取信息')
    await page.getByRole('listitem').filter({ hasText: program }).getByRole('button', { name: '办理这一条' }).click()
    await student.sees('新生入学办理')
  }
  await enter('大数据与会计')
  await expect(page.getByRole('link', { name: '232030600017' })).toBeVisible()
  await page.goto(`${student.program.site}/#/me`)
  await student.button('退出登录').click()
  await enter('土木工程')
  await expect(page.getByText('土木工程').first()).toBeVisible()
  await expect(page.getByText('232030600017')).toHaveCount(0)
  await student.hurryTo('family')
  await student.hurryOn('pay', { proof: { kind: 'verification_report', code: 'RZ20260017', valid_until: '' } })
  await student.button('去缴费').click()
  await expect(page.getByRole('img', { name: '微信支付二维码' })).toBeVisible()
  await program.sandbox('pay', { user: jiang.id, code_url: (await student.world()).Orders!.at(-1)!.CodeURL })
  await student.sees('注册完成')
  await expect(page.getByText('26303040001').first()).toBeVisible()
})
