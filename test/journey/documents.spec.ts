// Documents that the face service does not know, and phones abroad: everybody gets to the number.
import { expect, test, type Page } from '@playwright/test'
import { alex, chen, shen, wu, type Person } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()
const unknownType = '您的证件类型需人工核验，不影响继续填写。'
const proof = { kind: 'verification_report', code: 'RZ20260001', valid_until: '' }

/** Logs in on the phone and answers the consent. */
async function enter(page: Page, person: Person, answer: '同意并继续' | '不使用人脸识别') {
  const student = await Student.onPhone(page, program, person)
  await student.logIn()
  await student.prepare()
  await student.button(answer).click()
  return student
}

async function archive(student: Student) {
  await student.sees('照片存档')
  await student.givePicture()
  await student.button('提交存档').click()
  await student.confirmIdentity()
  await expect(student.view.getByLabel('政治面貌')).toBeVisible()
}

test('a residence permit of Hong Kong goes straight to the archive, and all the way', async ({ page }) => {
  const student = await enter(page, chen, '同意并继续')
  await expect(student.view.getByText(unknownType)).toBeVisible()
  await archive(student)
  await student.hurryOn('attachments')
  await expect(student.view.getByRole('heading', { name: '港澳居民居住证正面' })).toBeVisible()
  await expect(student.view.getByRole('heading', { name: '港澳居民居住证背面' })).toBeVisible()
  await student.hurryOn('pay', { proof })
  await student.payOnPhone(page, /2630104000\d/)
})

test('a passport is one page, and no face is compared', async ({ page }) => {
  const student = await enter(page, alex, '不使用人脸识别')
  await expect(student.view.getByText(unknownType)).toBeVisible()
  await archive(student)
  await expect(student.view.getByText('户口所在地')).toHaveCount(0)
  await student.hurryOn('attachments')
  await expect(student.view.getByRole('heading', { name: '护照资料页' })).toBeVisible()
  await expect(student.view.locator('section.attachment')).toHaveCount(5)
  await student.hurryOn('pay', { proof })
  await student.payOnPhone(page, /2630104000\d/)
  const waits = (await program.command('face', 'list')).split('\n').find((line) => line.includes(alex.name))!
  await program.command('face', 'approve', '--by', 'journey', waits.trim().split(/\s+/)[0]!)
})

test('a phone of Macao gets its code, and its owner the number', async ({ page }) => {
  const student = await enter(page, shen, '同意并继续')
  await expect(student.view.getByText(unknownType)).toBeVisible()
  await archive(student)
  await student.hurryOn('pay')
  await student.payOnPhone(page, '26101010001')
})

test('whose photo the library does not have goes to the archive after the answer, uncounted', async ({ page }) => {
  const student = await enter(page, wu, '同意并继续')
  await student.sees('人脸识别')
  await student.givePicture()
  await expect(student.view.getByText('公安库中暂无您的照片，需人工核验，不影响继续填写。本次不计次数。')).toBeVisible()
  await archive(student)
  await student.hurryOn('pay', { proof })
  await student.payOnPhone(page, '26301050001')
})
