import { expect, test } from '@playwright/test'
import { started } from './program'
import { Student, feng } from './student'

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

  await page.goto(`${program.site}/#/me`)
  await expect(page.getByText('不使用人脸识别')).toBeVisible()
  const { Calls } = await program.sandbox<{ Calls: unknown[] }>('inspect')
  expect(JSON.stringify(Calls)).not.toContain('ImageRecognition')
})
