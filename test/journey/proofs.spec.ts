// What uploaded papers say otherwise than the roster and the form, and studies abroad.
import { expect, test, type Page } from '@playwright/test'
import { zhang, zhao, zheng, type Person } from './people'
import { started } from './program'
import { Student } from './student'

const schools = ['示例大学', '南京示例学院', '别的学校'].map((text, i) => `{code: "${i}", text: ${text}}`)
const program = started((intake) => intake.replace('captcha: false', `captcha: false\n  dictionaries: {school: [${schools.join()}]}`))
const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10)

async function identified(page: Page, person: Person) {
  const student = await Student.onPhone(page, program, person)
  await student.logIn()
  await student.prepare()
  await student.button('同意并继续').click()
  await student.passFaceByFile()
  await student.confirmIdentity()
  await expect(student.view.getByLabel('政治面貌')).toBeVisible()
  return student
}

test('an identity card is read: the student is warned, and never kept from going on', async ({ page }) => {
  const student = await identified(page, zhao)
  const card = (title: string) => student.view.locator('section.attachment').filter({ has: student.view.getByRole('heading', { name: title }) })
  const front = card('身份证人像面')
  await student.hurryOn('attachments')
  await student.upload('身份证人像面', await student.album('id-front.jpg', zhang))
  await expect(front.getByText('照片上的证件号码（3201**********9961）与录取信息不一致')).toBeVisible()
  await expect(front.getByText('照片上的姓名（张示例）与录取信息（赵𠮷）不一致')).toBeVisible()
  await student.upload('身份证国徽面', await student.album('id-expired.jpg'))
  await expect(card('身份证国徽面').getByText('证件已于 2025-01-01 到期')).toBeVisible()
  await student.upload('身份证人像面', await student.album('id-front.jpg'))
  await expect(front.getByText('正在核对证件…')).toHaveCount(0)
  await expect(front.getByText('不一致')).toHaveCount(0)

  await student.upload('学历证明', await student.album('proof.pdf'))
  await student.view.getByLabel('学历证明类型').selectOption({ index: 1 })
  await student.field('在线验证码').fill('123456789012')
  await student.view.getByLabel('有效期至').fill(days(1))
  await expect(student.view.getByText(/可能早于老师核验/)).toBeVisible()
  await student.hurryOn('pay')
  await student.payOnPhone(page, '26302030001')
  expect(await student.openMessage(page, '学号生成通知')).toContain('赵𠮷')
})

test('studies abroad: country, a number of any kind, and the recognition in two files', async ({ page }) => {
  const student = await identified(page, zheng)
  await student.hurryOn('attachments')
  await student.view.locator('body').evaluate(() => (location.hash = '/form/education'))
  await student.view.getByLabel('最后毕业学校').fill('示例')
  await expect.poll(() => student.view.locator('datalist option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))).toEqual(['示例大学', '南京示例学院'])
  await student.view.getByLabel('最后毕业学校').fill('示例学校')
  await student.view.getByText('国（境）外学校', { exact: true }).click()
  await student.field('学校所在国家').fill('新西兰')
  await student.field('毕业证号').fill('NZ/2020-7(b)')
  await student.button('下一步').click()
  await student.upload('学历证明', await student.album('proof.pdf'))
  await expect(student.view.getByText(/^学历证明1\s*1 页，/)).toBeVisible()
  await student.upload('学历证明', await student.album('proof.jpg'))
  await student.view.getByLabel('学历证明类型').selectOption({ index: 1 })
  await expect(student.view.getByText('您填写的是国（境）外学校')).toBeVisible()
  await student.view.getByLabel('学历证明类型').selectOption({ index: 3 })
  await student.field('认证书编号').fill('教留服认法〔2024〕00123号')
  await expect(student.view.getByText('您填写的是国（境）外学校')).toHaveCount(0)
  await expect(student.view.getByLabel('有效期至')).toHaveCount(0)
  await student.hurryOn('pay', { education: { school_abroad: true, school_country: '新西兰', certificate_no: 'NZ/2020-7(b)' } })
  await student.payOnPhone(page, '26301030001')
})
