import { expect, test } from '@playwright/test'
import { feng } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()

test('a student who wants no face recognition is known by an archived photo', async ({ page }) => {
  const student = await Student.inBrowser(page, program, feng)
  await student.logIn()
  await student.prepare()
  await student.button('不使用人脸识别').click()
  await student.sees('其他核验方式')
  await student.button('照片存档').click()
  await student.givePicture()
  await student.button('提交存档').click()
  await student.confirmIdentity()
  await expect(page.getByLabel('政治面貌')).toBeVisible()

  const list = await program.command('face', 'list')
  expect(list).toMatch(new RegExp(`${feng.name}.*一致`))

  await test.step('the school approves; who has no WeChat is told by SMS', async () => {
    const id = list.split('\n').find((line) => line.includes(feng.name))!.trim().split(/\s+/)[0]!
    await program.command('face', 'approve', '--by', 'journey', id)
    await expect.poll(() => student.newestSMS()).toContain('您的身份审核已有结果')
  })

  await page.goto(`${program.site}/#/me`)
  await expect(page.getByText('不使用人脸识别')).toBeVisible()
  const { Calls } = await program.sandbox<{ Calls: unknown[] }>('inspect')
  expect(JSON.stringify(Calls)).toContain('IdCardVerification')
  expect(JSON.stringify(Calls)).not.toContain('ImageRecognition')
})
