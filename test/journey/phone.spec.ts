import { expect, test } from '@playwright/test'
import { qian } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()
const newPhone = qian.otherPhone!
const secret = '钱家长的示例工厂'

test('a second phone number sees none of the first one’s drafts before the face', async ({ page, browser }) => {
  await test.step('the first number fills the family in', async () => {
    const student = await Student.inBrowser(page, program, qian)
    await student.logIn()
    await student.hurryTo('family')
    await student.field('姓名').fill('钱家长')
    await student.view.getByLabel('与本人关系').selectOption({ index: 2 })
    await student.field('工作单位').fill(secret)
    await expect(page.getByText(/^已保存/)).toBeVisible()
  })

  const other = await (await browser.newContext()).newPage()
  const student = await Student.inBrowser(other, program, qian)
  await test.step('the second number comes as far as the face, whatever it asks for', async () => {
    await student.logIn(newPhone)
    await expect(other.getByText(secret)).toHaveCount(0)
    for (const page of ['form/family', 'form/attachments', 'review', 'identity']) {
      await other.goto(`${program.site}/#/${page}`)
      await expect(other).toHaveURL(/#\/home$/)
    }
    for (const path of ['identity', 'sections/basic', 'sections/family', 'attachments', 'review', 'commitment', 'bill']) {
      const answer = await other.request.get(`${program.site}/api/${path}`)
      expect(answer.status(), path).toBe(403)
      expect(((await answer.json()) as { error: { reason: string } }).error.reason, path).toBe('identity_step_needed')
    }
  })

  await test.step('after the face the drafts are there, and the first number is told', async () => {
    await student.goOn()
    await student.button('同意并继续').click()
    await student.passFaceByFile()
    await expect(student.field('工作单位')).toHaveValue(secret)
    await expect.poll(() => student.newestSMS()).toContain('已变更')
  })

  await test.step('the entry of the first number ended, and the student number arrives at the second', async () => {
    await page.reload()
    await expect(page).toHaveURL(/#\/login/)
    await student.hurryOn('pay', { proof: { kind: 'verification_report', code: 'RZ20260013', valid_until: '' } })
    await student.button('去缴费').click()
    await expect(other.getByRole('img', { name: '微信支付二维码' })).toBeVisible()
    await program.sandbox('pay', { user: qian.id, code_url: (await student.world()).Orders!.at(-1)!.CodeURL })
    await student.sees('注册完成')
    await expect.poll(() => student.newestSMS(newPhone)).toContain('26303030001')
  })
})
