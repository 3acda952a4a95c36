import { expect, test, type Page } from '@playwright/test'
import { chu, feng, li, wang, type Person } from './people'
import { started } from './program'
import { expectAccessible, loginStaff, shootStaff } from './staff'
import { portrait, Student } from './student'

const program = started()
const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const inTwoYears = new Date(Date.now() + 730 * 86_400_000).toISOString().slice(0, 10)
test.use({ viewport: { width: 1280, height: 800 } })

test('a clerk fills the form in for a student at the counter, and the student sees that it was so', async ({ page, browser }) => {
  test.setTimeout(180_000)
  await loginStaff(page, program, 'dian02', '/students')
  const counter = new Student(page, program, li)

  await test.step('the person and the document are looked at, then the form opens', async () => {
    await begin(page, li, 'assist-1-meet')
    await expect(page.getByText('所属教学点')).toBeVisible()
    await shootStaff(page, 'assist-2-facts')
    await page.getByRole('button', { name: '学生确认无误' }).click()
  })

  await test.step('the student’s own fields, files and signature', async () => {
    await expect(page.getByText('紧急联系人').first()).toBeVisible()
    await shootStaff(page, 'assist-3-basic')
    await counter.fillBasic()
    await expect(page.getByRole('group', { name: '家庭成员' })).toBeVisible()
    await shootStaff(page, 'assist-4-family')
    await counter.fillFamily()
    await counter.fillEducation('大学专科毕业', '2020')
    await counter.attach()
    await counter.attachProof('AB12CD34EF56GH78', inAMonth)
    await expectAccessible(page)
    await shootStaff(page, 'assist-5-files')
    await counter.button('下一步').click()
    await counter.sign(page)
    await shootStaff(page, 'assist-6-sign')
    await page.getByRole('button', { name: '保存签名' }).click()
  })

  await test.step('read once more and handed in', async () => {
    await expect(page.getByText('2,400.00 元')).toBeVisible()
    await expectAccessible(page)
    await shootStaff(page, 'assist-7-review')
    await page.getByLabel(/同意提交/).check()
    await page.getByRole('button', { name: '代办提交' }).click()
    await expect(page.getByText('登记表的状态是“待缴费”')).toBeVisible()
    await page.getByRole('link', { name: '查看档案' }).click()
    await page.getByRole('tab', { name: /时间线/ }).click()
    await expect(page.getByRole('list', { name: '时间线' })).toContainText('由教学点老师现场代办')
  })

  const phone = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })).newPage()
  const student = await Student.inBrowser(phone, program, li)
  await student.logIn()
  await phone.goto(program.site + '/#/progress')
  await expect(phone.getByText('由教学点老师现场代办').first()).toBeVisible()
})

test('a student who will not enrol signs at the counter; a reserve waits for the registrar, a give-up for two', async ({ page, browser }) => {
  test.setTimeout(180_000)
  await loginStaff(page, program, 'xueji', '/students')
  const kept = new Student(page, program, feng)
  await test.step('the place of a conscript, with the paper that was brought', async () => {
    await begin(page, feng)
    await page.getByRole('button', { name: '保留入学资格' }).click()
    await page.getByLabel('原因类别').selectOption({ label: '应征入伍' })
    await page.getByLabel('预计退役日期').fill(inTwoYears)
    await expect(page.getByText('保留至：')).toContainText('24:00')
    await page.getByLabel('申请原因').fill('今年应征入伍，服役期间不能到校学习，申请保留入学资格。')
    await page.getByRole('button', { name: '下一步' }).click()
    await expect(page.getByText(/请上传入伍通知书/)).toBeVisible()
    await kept.upload('入伍通知书', portrait)
    await expectAccessible(page)
    await shootStaff(page, 'assist-reserve')
    await page.getByRole('button', { name: '核对录取信息' }).click()
    await expect(page.getByRole('heading', { name: '核对录取信息' })).toBeVisible()
    await page.getByRole('button', { name: '保留入学资格' }).click()
    await expect(page.getByLabel('申请原因')).toHaveValue(/今年应征入伍/)
    await page.getByRole('button', { name: '下一步' }).click()
    await kept.sign(page)
    await page.getByLabel(/同意提交/).check()
    await page.getByRole('button', { name: '上一步' }).click()
    await page.getByRole('button', { name: '下一步' }).click()
    await expect(page.getByLabel(/同意提交/)).not.toBeChecked()
    await expect(page.getByText('签名已确认')).toBeHidden()
    await agree(page, kept)
    await expect(page.getByText('状态是“保留申请中”')).toBeVisible()
  })

  await test.step('one who gives up types the sentence', async () => {
    await page.goto(`${program.site}/staff/#/students`)
    await begin(page, wang)
    await page.getByRole('button', { name: '放弃入学资格' }).click()
    await page.getByLabel('申请原因').fill('已在外地工作，今后不能到校学习。')
    await page.getByLabel('本人输入').fill('本人自愿放弃入学资格，愿承担由此带来的后果。')
    await expect(page.getByText('文字一致')).toBeVisible()
    await expectAccessible(page)
    await shootStaff(page, 'assist-give-up')
    await page.getByRole('button', { name: '下一步' }).click()
    await expect(page.getByText('不可恢复').last()).toBeVisible()
    await kept.sign(page)
    await expectAccessible(page)
    await shootStaff(page, 'assist-give-up-last')
    await agree(page)
    await expect(page.getByText('状态是“放弃申请中”')).toBeVisible()
  })

  await test.step('the proof that the first student brought, with where it is checked', async () => {
    await page.goto(`${program.site}/staff/#/review?kind=proof`)
    await page.getByRole('list', { name: '待审核' }).getByRole('listitem').filter({ hasText: li.name }).getByRole('button').click()
    await expect(page.getByRole('heading', { name: `学历证明：${li.name}` })).toBeVisible()
    await expect(page.getByText('AB12CD34EF56GH78').first()).toBeVisible()
    await expectAccessible(page)
    await shootStaff(page, 'review-proof')
  })

  await test.step('the desk says who helped; a second person ends it', async () => {
    await page.getByRole('navigation', { name: '类别' }).getByRole('button', { name: /^申请/ }).click()
    await page.getByRole('list', { name: '待审核' }).getByRole('listitem').filter({ hasText: wang.name }).getByRole('button').click()
    await expect(page.getByRole('heading', { name: `申请：${wang.name}` })).toBeVisible()
    await expect(page.getByText('由 学籍管理部 xueji 现场代办')).toBeVisible()
    await shootStaff(page, 'review-application')
    await page.getByRole('button', { name: '通过（1）' }).click()
    const second = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
    await loginStaff(second, program, 'xueji2', '/approvals')
    await shootStaff(second, 'approvals')
    await second.getByRole('button', { name: '复核通过' }).click()
    await expect(second.getByText('没有等待复核的事项。')).toBeVisible()
    await second.context().close()
    await search(page, wang)
    await expect(page.getByText('已放弃').first()).toBeVisible()
    await page.getByRole('tab', { name: /时间线/ }).click()
    await expect(page.getByRole('list', { name: '时间线' })).toContainText('由学籍管理部老师现场代办')
  })
})

test('a student with a reserved place comes back at the counter', async ({ page }) => {
  await loginStaff(page, program, 'xueji2', '/students')
  await begin(page, chu)
  await expect(page.getByRole('heading', { name: '恢复入学申请' })).toBeVisible()
  await expect(page.getByRole('row', { name: /学习形式/ })).toContainText('有变化')
  await expectAccessible(page)
  await shootStaff(page, 'assist-resume')
  await page.getByRole('button', { name: '下一步' }).click()
  await agree(page, new Student(page, program, chu))
  await expect(page.getByText('状态是“恢复申请中”')).toBeVisible()
})

async function search(page: Page, person: Person) {
  await page.goto(`${program.site}/staff/#/students`)
  await expect(page.getByRole('heading', { level: 1, name: '学生', exact: true })).toBeVisible()
  await page.getByRole('textbox', { name: '查找' }).fill(person.number)
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByRole('row').filter({ hasText: new RegExp(`\\*${person.number.slice(-4)}`) }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1, name: person.name[0] })).toBeVisible()
}

/** From the list of students to the open form: the person and the document are looked at first. */
async function begin(page: Page, person: Person, picture?: string) {
  await search(page, person)
  await page.getByRole('link', { name: '代办登记' }).click()
  await page.getByLabel('学生手机号').fill(person.phone)
  await page.getByLabel(/学生本人在场/).check()
  await expectAccessible(page)
  if (picture) await shootStaff(page, picture)
  await page.getByRole('button', { name: '核验通过' }).click()
  await page.getByLabel('代办原因').fill('没有智能手机')
  await expect(page.getByLabel(/学生本人在场/)).not.toBeChecked()
  await page.getByLabel(/学生本人在场/).check()
  if (picture) await shootStaff(page, 'assist-1-begin')
  await page.getByRole('button', { name: '开始代办' }).click()
  await expect(page.getByText('代办开放至')).toBeVisible()
}

/** The student's name under the last look, unless it stands there, and the hand-in. */
async function agree(page: Page, signer?: Student) {
  if (signer) await signer.sign(page)
  await page.getByLabel(/同意提交/).check()
  await page.getByRole('button', { name: '代办提交' }).click()
}
