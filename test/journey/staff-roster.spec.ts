// The registrar brings the list of admitted students in: a dry run, the confirmation, and back again.
import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { idNumber, zhang } from './people'
import { started } from './program'
import { portrait, Student } from './student'
import { expectAccessible, loginStaff, shootStaff } from './staff'

const program = started()

const heading = '考生号,姓名,身份证号码,年级,层次,专业,学习形式,函授站,手机'

const line = (at: number, point = '校本部教学点', number = idNumber('19950307', at)) =>
  `2639${String(at).padStart(10, '0')},学生${'甲乙丙丁'[at % 4]},${number},2026,专升本,会计学,非脱产,${point},`

const csv = (name: string, lines: string[]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from([heading, ...lines].join('\n')) })

async function choose(page: Page, file: { name: string; mimeType: string; buffer: Buffer }) {
  await page.goto(`${program.site}/staff/#/roster`)
  await expect(page.getByLabel('批次')).not.toHaveValue('')
  await page.locator('input[type=file]').setInputFiles(file)
  await page.waitForURL(/roster\/import\//)
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const state = (page: Page) => page.getByRole('region', { name: '导入的结果' })

test('a roster is tried, confirmed, changed, and taken back', async ({ page }) => {
  await loginStaff(page, program, 'xueji', '/roster')
  await expectAccessible(page)
  await choose(page, csv('新名单.csv', [line(1), line(2), line(3), line(4, '校本部教学点', '110123199202218846')]))
  await expect(state(page)).toContainText('新增 3，变更 0，不变 0，拒绝 1')
  await expect(page.getByRole('region', { name: '逐行的差异' })).toContainText('身份证号校验不通过')
  await expectAccessible(page)
  await shootStaff(page, 'roster-refused')
  await page.getByRole('button', { name: '新增 3' }).click()
  await expect(page.getByRole('region', { name: '逐行的差异' })).toContainText('2026级 · 专升本 · 会计学 · 非脱产 · 校本部教学点')
  await shootStaff(page, 'roster-new')
  const refused = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载被拒绝的行' }).click()
  expect(readFileSync(await (await refused).path(), 'utf8')).toContain('身份证号校验不通过')
  await button(page, '确认导入').click()
  await expect(state(page)).toContainText('已写入 3 行')

  await choose(page, csv('改教学点.csv', [line(1, '滨江教学点'), line(2)]))
  await expect(state(page)).toContainText('新增 0，变更 1，不变 1，拒绝 0')
  await expect(page.getByRole('region', { name: '逐行的差异' })).toContainText('滨江教学点')
  await shootStaff(page, 'roster-changed')
  await button(page, '放弃').click()
  await expect(state(page)).toContainText('已放弃')

  await page.goto(`${program.site}/staff/#/roster`)
  await page.getByRole('link', { name: '新名单.csv' }).click()
  await button(page, '撤销导入').click()
  await page.getByLabel('原因').fill('发错了文件')
  await button(page, '撤销').click()
  await expect(state(page)).toContainText('已撤销')
  await choose(page, csv('再来.csv', [line(1), line(2), line(3)]))
  await expect(state(page)).toContainText('新增 3，变更 0，不变 0，拒绝 0')
})

test('who has begun is named, and the import stays', async ({ page, browser }) => {
  const student = await Student.onPhone(page, program, zhang)
  await student.logIn()
  const desk = await browser.newPage()
  await loginStaff(desk, program, 'xueji2', '/roster')
  await desk.getByRole('row').filter({ hasText: '已导入' }).getByRole('link').last().click()
  await button(desk, '撤销导入').click()
  await desk.getByLabel('原因').fill('试试')
  await button(desk, '撤销').click()
  await expect(desk.getByText('未成功的 2 项')).toBeVisible()
  await shootStaff(desk, 'roster-undo')
  await expect(desk.getByRole('cell', { name: '26320100000101 张示例' })).toBeVisible()
  await expect(state(desk)).toContainText('已导入')
  await desk.close()
})

test('a long reading shows how far it is, and is cancelled', async ({ page }) => {
  await loginStaff(page, program, 'xueji', '/roster')
  await choose(page, csv('很长.csv', Array.from({ length: 60_000 }, (_, at) => line(at + 1, '校本部教学点', idNumber(`${1970 + (at % 30)}0${1 + (Math.floor(at / 30) % 9)}07`, Math.floor(at / 270))))))
  await button(page, '取消任务').click()
  await expect(page.getByText('已取消').first()).toBeVisible()
  await expect(state(page)).toContainText('已放弃')
})

test('a killed server reads and applies on within ten seconds of its return', async ({ page }) => {
  test.setTimeout(180_000)
  await loginStaff(page, program, 'xueji', '/roster')
  await choose(page, csv('中断.csv', Array.from({ length: 30_000 }, (_, at) => line(at + 100_000, '校本部教学点', idNumber(`${1970 + (at % 30)}0${1 + (Math.floor(at / 30) % 9)}08`, Math.floor(at / 270))))))
  await expect(page.getByText(/[1-9]\d* \/ /).first()).toBeVisible()
  const back = async (at: string) => {
    await program.stop('SIGKILL')
    await program.start()
    await page.context().clearCookies()
    await page.goto('about:blank')
    await loginStaff(page, program, 'xueji', at)
  }
  const here = new URL(page.url()).hash.slice(1)
  await back(here)
  await expect(state(page)).toContainText('新增 30000', { timeout: 60_000 })
  await button(page, '确认导入').click()
  await expect(state(page)).not.toContainText('待确认')
  await expect(page.getByText(/[1-9]\d* \/ 30000/).first()).toBeVisible()
  await back(here)
  await expect(state(page)).toContainText('已写入 30000 行', { timeout: 60_000 })
})

test('a broken file and photos that fit nobody say so', async ({ page }) => {
  await loginStaff(page, program, 'xueji2', '/roster')
  await choose(page, { name: '不是名单.csv', mimeType: 'text/csv', buffer: Buffer.from('姓名,身份证号\n甲,1\n') })
  await expect(page.getByText('名单缺少必需的列').first()).toBeVisible()
  await page.goto(`${program.site}/staff/#/photos`)
  await expect(page.getByRole('status').filter({ hasText: '还没有照片' })).toBeVisible()
  await expectAccessible(page)
  await page.locator('input[type=file]').setInputFiles({ name: '照片.zip', mimeType: 'application/zip', buffer: zipOf(readFileSync(portrait), '26399999999999.jpg', '26320100000101.jpg') })
  await expect(page.getByText('匹配成功 1 张，未成功 1 张')).toBeVisible()
  await expect(page.getByText('本批次没有这个考生号').first()).toBeVisible()
  await expect(page.getByText(/已有照片 1 人/)).toBeVisible()
  await expectAccessible(page)
  await shootStaff(page, 'photos')
})

/** A ZIP with one picture stored under several names. */
function zipOf(body: Buffer, ...names: string[]): Buffer {
  const crc = crc32(body)
  const head = (signature: number, extra: number[]) => {
    const b = Buffer.alloc(extra.length * 2 + 4)
    b.writeUInt32LE(signature, 0)
    extra.forEach((word, at) => b.writeUInt16LE(word, 4 + at * 2))
    return b
  }
  const words = (n: number) => [n & 0xffff, n >>> 16]
  const common = (name: string) => [0, 0, 0, 0, ...words(crc), ...words(body.length), ...words(body.length), name.length, 0]
  const locals = names.map((name) => Buffer.concat([head(0x04034b50, [20, ...common(name)]), Buffer.from(name), body]))
  const offset = (at: number) => locals.slice(0, at).reduce((sum, one) => sum + one.length, 0)
  const central = Buffer.concat(names.map((name, at) =>
    Buffer.concat([head(0x02014b50, [20, 20, ...common(name), 0, 0, 0, 0, 0, ...words(offset(at))]), Buffer.from(name)])))
  const end = [0, 0, names.length, names.length, ...words(central.length), ...words(offset(names.length)), 0]
  return Buffer.concat([...locals, central, head(0x06054b50, end)])
}

function crc32(body: Buffer): number {
  let crc = -1
  for (const byte of body) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ -1) >>> 0
}
