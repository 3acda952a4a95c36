import { expect, test } from '@playwright/test'
import { sun } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()

test('a student who owes nothing is registered without paying', async ({ page }) => {
  const student = await Student.onPhone(page, program, sun)
  await student.logIn()
  await student.hurryTo('pay')
  await expect(student.view.getByText('¥0.00').first()).toBeVisible()
  await student.button('无需缴费，完成注册').click()
  await student.sees('注册完成')
  await expect(student.view.getByText('26202060001')).toBeVisible()
  expect((await student.world()).Orders ?? []).toEqual([])
})
