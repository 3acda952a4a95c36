import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { started } from './program'
import { enterCode, enterPassword, expectAccessible, loginStaff, refusal, totp, type Account, shootStaff } from './staff'

const program = started()
test.use({ viewport: { width: 1280, height: 800 } })

test('an admin makes an account; its owner enrols, keeps recovery codes, sets a password, and one recovery code opens once', async ({ page, browser }) => {
  await loginStaff(page, program, 'admin', '/accounts')
  await page.getByRole('button', { name: '新建账号' }).click()
  const form = page.getByRole('dialog', { name: '新建账号' })
  await form.getByLabel('账号', { exact: true }).fill('zhou')
  await form.getByLabel('姓名').fill('周老师')
  await form.getByText('教学点', { exact: true }).click()
  await form.getByLabel('教学点代码').fill('01')
  await form.getByRole('button', { name: '保存' }).click()
  const shown = page.getByRole('dialog', { name: '初始密码' })
  const first = await shown.locator('code').innerText()
  await shown.getByRole('button', { name: '已告知，关闭' }).click()
  await expect(page.getByRole('row', { name: /zhou/ })).toContainText('待首次登录')
  await expectAccessible(page)

  const own = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await own.goto(`${program.site}/staff/#/login`)
  await expectAccessible(own)
  await enterPassword(own, 'zhou', first)
  const secret = (await own.locator('code').innerText()).replace(/\s/g, '')
  await expectAccessible(own)
  await own.getByLabel('动态口令').fill(await totp(secret))
  await own.getByRole('button', { name: '绑定' }).click()
  await expect(own.getByRole('list', { name: '恢复码' }).getByRole('listitem')).toHaveCount(10)
  const codes = await own.getByRole('list', { name: '恢复码' }).getByRole('listitem').allInnerTexts()
  expect(new Set(codes).size).toBe(10)
  await own.getByRole('button', { name: '已保存，继续' }).click()
  const [password, again] = [own.getByLabel('新密码'), own.getByLabel('再输一次')]
  await password.fill('lantern-41-harbour-moss')
  await again.fill('lantern-41-harbour-moss')
  await own.getByRole('button', { name: '保存新密码' }).click()
  await expect(own.getByText('周老师（教学点 01）')).toBeVisible()
  await own.getByRole('button', { name: '退出登录' }).click()

  await enterPassword(own, 'zhou', 'lantern-41-harbour-moss')
  await own.getByRole('link', { name: '使用恢复码' }).click()
  await own.getByLabel('恢复码').fill(codes[0]!)
  await own.getByRole('button', { name: '登录' }).click()
  await expect(own.getByRole('navigation', { name: '主菜单' })).toBeVisible()
  await own.getByRole('button', { name: '退出登录' }).click()
  await enterPassword(own, 'zhou', 'lantern-41-harbour-moss')
  await own.getByRole('link', { name: '使用恢复码' }).click()
  await own.getByLabel('恢复码').fill(codes[0]!)
  expect(await refusal(own, '/recover', () => own.getByRole('button', { name: '登录' }).click())).toBe('recovery_wrong')
})

test('a table of accounts: one wrong row and none is made; a lost answer loses no account, and the table goes in once more', async ({ page }) => {
  test.setTimeout(120_000)
  await loginStaff(page, program, 'admin2', '/accounts')
  await page.getByRole('button', { name: '批量新建' }).click()
  const many = page.getByRole('dialog', { name: '批量新建账号' })
  const row = (account: string) => many.getByRole('row', { name: new RegExp(account) })
  const table = (...lines: string[]) => many.locator('input[type=file]').setInputFiles({
    name: '账号.csv', mimeType: 'text/csv', buffer: Buffer.from(['账号,姓名,角色,教学点代码', 'qian01,钱老师,教学点,01', ...lines].join('\n')),
  })
  await table('wrong01,误老师,校长,', 'admin,重老师,管理员,', 'wrong02,误老师,教学点,99')
  await expect(many.getByText('3 行有误，没有新建任何账号')).toBeVisible()
  await expect(row('wrong02')).toContainText('教学点')
  await expectAccessible(page)
  await shootStaff(page, 'accounts-import-wrong')

  await page.route('**/api/staff/accounts/import', async (route) => {
    await route.fetch()
    await route.abort()
  }, { times: 1 })
  await table('sunxj,孙老师,学籍,')
  await expect(many.getByRole('alert')).not.toBeEmpty()
  await table('sunxj,孙老师,学籍,', 'licw,李老师,财务,')
  await expect(many.getByText('新建 1 个账号，2 个此前已建')).toBeVisible()
  await expect(row('qian01')).toContainText('已存在')
  await expect(row('licw').locator('code')).toHaveText(/\S{8,}/)
  await expectAccessible(page)
  await shootStaff(page, 'accounts-import-made')
  const kept = page.waitForEvent('download')
  await many.getByRole('button', { name: '下载初始密码' }).click()
  expect(readFileSync(await (await kept).path(), 'utf8')).toContain(await row('licw').locator('code').innerText())
  await many.getByRole('button', { name: '关闭', exact: true }).click()
  // Who was made without a password being seen gets one by hand.
  await page.getByRole('button', { name: '给qian01初始密码' }).click()
  await expect(page.getByRole('dialog', { name: '初始密码' }).locator('code')).toHaveText(/\S{8,}/)
})

test('a second login ends the first, which is told why', async ({ page, browser }) => {
  await loginStaff(page, program, 'xueji', '/me')
  const other = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await loginStaff(other, program, 'xueji', '/me')
  expect(await refusal(page, '/jobs', () => page.getByRole('link', { name: '任务进度' }).click())).toBe('logged_in_elsewhere')
  await expect(page.getByRole('heading', { name: '登录', exact: true })).toBeVisible()
  await expect(page.getByRole('alert')).not.toBeEmpty()
})

const only: Record<Account, string[]> = {
  admin: ['账号与角色'], admin2: [], xueji: ['录取名单', '申请', '保留资格名册'], xueji2: [], caiwu: ['导出'], dian01: ['审核台'], dian02: [],
}
const roles: [Account, string[]][] = [
  ['admin', ['录取名单', '审核台', '申请']], ['xueji', ['账号与角色']], ['caiwu', ['账号与角色', '审核台', '录取名单']], ['dian01', ['账号与角色', '录取名单', '申请', '导出']],
]
const seen = new Set<string>()

for (const [account, never] of roles) {
  test(`${account} finds every page of the own menu whole, and no other`, async ({ page }) => {
    test.setTimeout(180_000)
    await loginStaff(page, program, account)
    const links = page.getByRole('navigation', { name: '主菜单' }).getByRole('link')
    const titles = await links.allInnerTexts()
    expect(titles).toEqual(expect.arrayContaining([...only[account], '任务进度', '我的账号']))
    for (const title of never) expect(titles).not.toContain(title)
    for (const title of titles) {
      await links.filter({ hasText: new RegExp(`^${title}$`) }).click()
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForLoadState('networkidle')
      expect((await page.getByRole('alert').allInnerTexts()).filter((text) => text.trim()), title).toEqual([])
      if (seen.has(title)) continue
      seen.add(title)
      await expectAccessible(page)
      await shootStaff(page, `page-${title}`)
    }
    if (!titles.includes('账号与角色')) {
      await page.goto(`${program.site}/staff/#/accounts`)
      await expect(page.getByRole('heading', { level: 1, name: '账号与角色' })).toHaveCount(0)
    }
  })
}

test('an admin reads in the log what was done, and that no line was changed', async ({ page }) => {
  await loginStaff(page, program, 'admin2', '/audit')
  await page.getByLabel('账号', { exact: true }).fill('admin2')
  await page.getByRole('button', { name: '查询' }).click()
  await expect(page.getByRole('row', { name: /admin2/ }).first()).toContainText('登录')
  const answer = page.waitForResponse((response) => response.url().endsWith('/audit/verify'))
  await page.getByRole('button', { name: '校验完整性' }).click()
  expect(await (await answer).json()).toEqual({ lines: expect.any(Number), broken: 0 })
})

test('a wrong password says no more than that, and five of them lock this account from here', async ({ page }) => {
  await page.goto(`${program.site}/staff/`)
  const attempt = (account: string, word: string) => refusal(page, '/login', () => enterPassword(page, account, word))
  expect(await attempt('nobody', 'wrong')).toBe('staff_login_wrong')
  for (let i = 0; i < 5; i++) expect(await attempt('dian02', 'wrong')).toBe('staff_login_wrong')
  expect(await attempt('dian02', 'yan-shi-deng-lu-2026')).toBe('staff_locked')
  await page.goto(`${program.site}/staff/#/totp`)
  expect(await refusal(page, '/totp', () => enterCode(page, '123456'))).toBe('not_logged_in')
})
