import { expect, test, type Browser, type Page } from '@playwright/test'
import { feng } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()

const family = (student: Student) => ({
  name: student.field('姓名'),
  work: student.field('工作单位'),
  async saved() {
    await expect(student.view.getByText(/^已保存/)).toBeVisible()
  },
})

/** Another device: nothing in common with the first but the student. */
async function device(browser: Browser): Promise<Page> {
  const context = await browser.newContext()
  return context.newPage()
}

test('a session ends in the third step; on another device everything is there after the face', async ({ page, browser }) => {
  const student = await Student.inBrowser(page, program, feng)
  await student.logIn()
  await student.hurryTo('family')
  await test.step('the family is half filled in when the session ends', async () => {
    await family(student).name.fill('冯家长')
    await student.view.getByLabel('与本人关系').selectOption({ index: 2 })
    await family(student).saved()
    await page.context().clearCookies()
    await family(student).work.fill('示例农场')
    await expect(page).toHaveURL(/#\/login/)
  })

  const other = await device(browser)
  const second = await Student.inBrowser(other, program, feng)
  await test.step('another device shows nothing before the face, and the drafts after it', async () => {
    await second.logIn()
    await second.goOn()
    await second.sees('人脸识别')
    await second.passFaceByFile()
    await expect(family(second).name).toHaveValue('冯家长')
    await expect(family(second).work).toHaveValue('')
    await family(second).work.fill('示例林场')
    await family(second).saved()
  })

  await test.step('the older device still has its own words and is told of the newer ones', async () => {
    await student.logIn()
    await student.goOn()
    await student.passFaceByFile()
    await expect(page.getByText('另一台设备上有更新的内容')).toBeVisible()
    await student.button('用较新的').click()
    await expect(family(student).work).toHaveValue('示例林场')
  })

  await test.step('whoever keeps the own words puts them over the newer ones', async () => {
    await family(student).work.fill('示例渔场')
    await family(student).saved()
    await family(second).work.fill('示例茶场')
    await expect(other.getByText('另一台设备上有更新的内容')).toBeVisible()
    await second.button('用这里的').click()
    await family(second).saved()
    await page.reload()
    await expect(family(student).work).toHaveValue('示例茶场')
  })
})
