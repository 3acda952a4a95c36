import { expect, test } from '@playwright/test'
import { wang } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()

test('a lost network and a restarted server take nothing from the student', async ({ page, context }) => {
  const student = await Student.inBrowser(page, program, wang)
  const saved = page.getByText(/^已保存/)
  const onDevice = page.getByText(/^未保存，/)
  await student.logIn()
  await student.hurryTo('family')
  await student.field('姓名').fill('王家长')
  await expect(saved).toBeVisible()

  await test.step('the network goes: the words stay and the page says so; it comes: they are saved without a tap', async () => {
    await context.setOffline(true)
    await student.field('工作单位').fill('示例车站')
    await expect(onDevice).toBeVisible()
    await context.setOffline(false)
    await expect(saved).toBeVisible()
  })

  await test.step('the server stops while the student types: the words stay', async () => {
    await program.stop()
    await student.field('职务').fill('示例站长')
    await expect(onDevice).toBeVisible()
  })

  await test.step('the server is back: after login and face the words are there and are saved', async () => {
    await program.start()
    await expect(page).toHaveURL(/#\/login/, { timeout: 25_000 })
    await student.logIn()
    await student.goOn()
    await student.passFaceByFile()
    await expect(student.field('姓名')).toHaveValue('王家长')
    await expect(student.field('工作单位')).toHaveValue('示例车站')
    await expect(student.field('职务')).toHaveValue('示例站长')
    await expect(saved).toBeVisible()
  })

  await test.step('another restart, another device: everything is still there', async () => {
    await program.stop()
    await program.start()
    await context.clearCookies()
    await page.evaluate(() => sessionStorage.clear())
    await page.reload()
    await student.logIn()
    await student.goOn()
    await student.passFaceByFile()
    await expect(student.field('职务')).toHaveValue('示例站长')
  })
})
