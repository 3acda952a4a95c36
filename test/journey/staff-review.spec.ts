import { expect, test, type Page } from '@playwright/test'
import { handIn } from './hurry'
import { ayinur, feng, sun, wang, zhang, zhou, type Person } from './people'
import { started } from './program'
import { expectAccessible, loginStaff, shootStaff } from './staff'

const program = started((intake) => intake.replace('review: false', 'review: true'))
test.use({ viewport: { width: 1280, height: 800 } })

const openItem = (page: Page, person: Person) => page.getByRole('heading', { name: `登记表：${person.name}` })
const inQueue = (page: Page, person: Person) => page.getByRole('list', { name: '待审核' }).getByRole('listitem').filter({ hasText: person.name })

test('two reviewers at one desk, by keyboard: one returns, passes, and passes many; the returned student sees why', async ({ page, browser }) => {
  test.setTimeout(240_000)
  const storageState = await handIn(program, zhang)
  for (const person of [feng, wang, ayinur, sun]) await handIn(program, person)
  await loginStaff(page, program, 'xueji', '/review')
  await expect(inQueue(page, ayinur)).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('j')
  await expect(openItem(page, zhang)).toBeVisible()

  await test.step('a colleague who opens the same item is told who has it, and cannot decide', async () => {
    const second = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
    await loginStaff(second, program, 'xueji2', '/review')
    await expect(inQueue(second, zhang)).toContainText('处理中')
    await inQueue(second, zhang).getByRole('button').click()
    await expect(second.getByRole('alert').filter({ hasText: /正在处理这一项（.* 打开）/ })).toBeVisible()
    await expect(second.getByRole('button', { name: /^通过/ })).toBeDisabled()
    await expect(openItem(second, zhang)).toBeVisible()
    await second.keyboard.press('1')
    await shootStaff(second, 'review-claimed')
    await expect(openItem(second, zhang)).toBeVisible()
    await second.context().close()
  })

  await test.step('2 asks which parts and why; the next item opens by itself, fetched ahead', async () => {
    await shootStaff(page, 'review-form')
    await expectAccessible(page)
    await page.keyboard.press('2')
    const why = page.getByRole('dialog', { name: '退回修改' })
    await why.getByText('基本信息', { exact: true }).click()
    await why.getByLabel('基本信息的原因').fill('请写到门牌号')
    await expectAccessible(page)
    await shootStaff(page, 'review-return')
    await why.getByRole('button', { name: '退回' }).click()
    await expect(openItem(page, feng)).toBeVisible()
    await expect(inQueue(page, zhang)).toHaveCount(0)
  })

  await test.step('K and J move, 1 passes', async () => {
    await page.keyboard.press('j')
    await expect(openItem(page, wang)).toBeVisible()
    await page.keyboard.press('k')
    await expect(openItem(page, feng)).toBeVisible()
    await page.keyboard.press('1')
    await expect(openItem(page, wang)).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('many at once, after it was shown what would happen to each', async () => {
    for (const person of [wang, ayinur]) await inQueue(page, person).getByRole('checkbox').check()
    await page.getByRole('button', { name: '批量通过（2）' }).click()
    const bulk = page.getByRole('dialog', { name: '批量通过' })
    await expect(bulk.getByText('审核通过，通知学生缴费')).toHaveCount(2)
    await shootStaff(page, 'review-bulk')
    await bulk.getByRole('button', { name: '通过 2 项' }).click()
    await expect(bulk.getByText('2 / 2')).toBeVisible()
    await expect(inQueue(page, wang)).toHaveCount(0)
    await bulk.getByRole('button', { name: /关闭/ }).click()
  })

  await test.step('and back, for one reason that all of them see', async () => {
    await inQueue(page, sun).getByRole('checkbox').check()
    await page.getByRole('button', { name: '批量退回（1）' }).click()
    const bulk = page.getByRole('dialog', { name: '批量退回' })
    await bulk.getByLabel(/退回哪一项/).selectOption({ label: '证件照' })
    await bulk.getByLabel('原因').fill('背景须为白色')
    await expectAccessible(page)
    await shootStaff(page, 'review-bulk-return')
    await bulk.getByRole('button', { name: '下一步：核对' }).click()
    await expect(bulk.getByText('学生会看到：证件照：背景须为白色')).toBeVisible()
    await bulk.getByRole('button', { name: '退回 1 项' }).click()
    await expect(bulk.getByText('1 / 1')).toBeVisible()
    await expect(inQueue(page, sun)).toHaveCount(0)
    await bulk.getByRole('button', { name: /关闭/ }).click()
  })

  await test.step('a photo that waits, beside what else shows the person', async () => {
    await handIn(program, zhou, 'archive')
    await page.getByRole('navigation', { name: '类别' }).getByRole('button', { name: /^人脸/ }).click()
    await page.getByRole('button', { name: '刷新', exact: true }).click()
    await inQueue(page, zhou).getByRole('button').click()
    await expect(page.getByRole('heading', { name: `人脸：${zhou.name}` })).toBeVisible()
    await expect(page.getByRole('button', { name: '放大现场照片' })).toBeVisible()
    await expectAccessible(page)
    await shootStaff(page, 'review-face')
    await page.getByRole('button', { name: '放大现场照片' }).click()
    await expect(page.getByRole('dialog', { name: '现场照片' }).getByAltText('现场照片')).toBeVisible()
    await shootStaff(page, 'review-face-large')
    await page.getByRole('dialog', { name: '现场照片' }).getByRole('button', { name: '关闭', exact: true }).click()
    await page.getByRole('button', { name: '通过（1）' }).click()
    await expect(inQueue(page, zhou)).toHaveCount(0)
  })

  await test.step('the returned form opens for the student where the teacher says, the reason beside it', async () => {
    const phone = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 }, storageState })).newPage()
    await phone.goto(program.site + '/#/returned')
    await expect(phone.getByText('请写到门牌号')).toBeVisible()
    await phone.getByRole('button', { name: /去修改/ }).click()
    await expect(phone.getByText('老师请您修改：请写到门牌号')).toBeVisible()
    await expect(phone.getByLabel('通讯地址 详细地址')).toBeEnabled()
  })
})
