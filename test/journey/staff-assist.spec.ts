import { expect, test } from '@playwright/test'
import { li } from './people'
import { started } from './program'
import { expectAccessible, loginStaff, shootStaff } from './staff'
import { Student } from './student'

const program = started()
const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
test.use({ viewport: { width: 1280, height: 800 } })

test('a clerk fills the form in for a student at the counter, and the student sees that it was so', async ({ page, browser }) => {
  test.setTimeout(180_000)
  await loginStaff(page, program, 'dian02', '/students')
  await page.getByRole('textbox', { name: '查找' }).fill(li.number)
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByRole('link', { name: /^李/ }).click()
  await page.getByRole('link', { name: '代办登记' }).click()
  const counter = new Student(page, program, li)

  await test.step('the person and the document are looked at, then the form opens', async () => {
    await page.getByLabel('学生手机号').fill(li.phone)
    await page.getByLabel(/学生本人在场/).check()
    await expectAccessible(page)
    await shootStaff(page, 'assist-1-meet')
    await page.getByRole('button', { name: '核验通过' }).click()
    await page.getByLabel('代办原因').fill('没有智能手机')
    await page.getByLabel(/学生本人在场/).check()
    await page.getByRole('button', { name: '开始代办' }).click()
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
