import { expect, test } from '@playwright/test'
import { zhang } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()

// A browser in which nobody answers the question for the camera with yes.
test.use({ launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--use-fake-device-for-media-stream'] }, permissions: [] })

test('a refused camera costs nothing: the album’s picture does as well', async ({ page }) => {
  const student = await Student.inBrowser(page, program, zhang)
  await student.logIn()
  await student.prepare()
  await student.button('同意并继续').click()
  await student.button('打开摄像头').click()
  await expect(page.getByText('没有获得使用相机的许可')).toBeVisible()
  await expect(student.button('再试摄像头')).toBeVisible()
  await student.passFaceByFile()
  await expect(page.getByText('所属教学点')).toBeVisible()
})
