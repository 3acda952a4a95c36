import { expect, test } from '@playwright/test'
import { started } from './program'
import { Student, wang } from './student'

const program = started()

test('the server goes away while the student types, and comes back with everything', async ({ page }) => {
  const student = await Student.inBrowser(page, program, wang)
  await student.logIn()
  await student.hurryTo('family')
  await student.field('姓名').fill('王家长')
  await expect(page.getByText(/^已保存/)).toBeVisible()

  await test.step('what is typed meanwhile stays, and the page says so', async () => {
    await program.stop()
    await student.field('工作单位').fill('示例车站')
    await expect(page.getByText('未保存，已存在本机')).toBeVisible()
  })

  await test.step('when the server is back, it is saved without a tap', async () => {
    await program.start()
    await expect(page.getByText(/^已保存/)).toBeVisible({ timeout: 25_000 })
    await expect(student.field('工作单位')).toHaveValue('示例车站')
  })

  await test.step('the session lived through it', async () => {
    await page.reload()
    await expect(student.field('姓名')).toHaveValue('王家长')
    await expect(student.field('工作单位')).toHaveValue('示例车站')
  })
})

test('after another restart a new login finds everything', async ({ page }) => {
  await program.stop()
  await program.start()
  const student = await Student.inBrowser(page, program, wang)
  await student.logIn()
  await student.goOn()
  await student.passFaceByFile()
  await expect(student.field('姓名')).toHaveValue('王家长')
  await expect(student.field('工作单位')).toHaveValue('示例车站')
})
