import { expect, test } from '@playwright/test'
import { wu, zhou, type Person } from './people'
import { started } from './program'
import { Student } from './student'

const program = started()

/** The archive that waits for a decision. */
async function waiting(person: Person) {
  const line = (await program.command('face', 'list')).split('\n').find((text) => text.includes(person.name))
  return line!.trim().split(/\s+/)[0]!
}

async function decisions(student: Student) {
  const user = (await student.world()).Users.find(({ Key }) => Key === student.person.id)
  return (user?.Chat ?? []).filter(({ Title }) => Title === '身份审核结果通知').map(({ Lines }) => Lines!.map(({ Value }) => Value).join(' '))
}

test('a face that never matches is archived, the student goes on, the school approves', async ({ page }) => {
  const student = await Student.onPhone(page, program, zhou)
  await student.logIn()
  await student.prepare()
  await student.button('同意并继续').click()

  await test.step('the camera takes the picture, the authority says no', async () => {
    await student.button('打开摄像头').click()
    await expect(student.view.getByText('人脸识别失败')).toBeVisible({ timeout: 40_000 })
    await expect(student.view.getByText('今天还可以识别 4 次')).toBeVisible()
    await expect(student.button('重试')).toBeVisible()
  })

  await test.step('from the first failure on, 照片存档 is offered', async () => {
    await student.button('照片存档').click()
    await student.sees('照片存档')
    await student.givePicture()
    await student.button('提交存档').click()
  })

  await test.step('the student need not wait', async () => {
    await student.confirmIdentity()
    await student.fillForm('普通高中毕业', '2019')
    await student.attach()
    await student.submit()
    await student.button('去缴费').click()
    await page.getByRole('button', { name: '立即支付' }).click()
    await page.getByRole('button', { name: '完成' }).click()
    await expect(student.view.getByText('26102010001')).toBeVisible()
  })

  await test.step('the school approves, the student is told', async () => {
    await program.command('face', 'approve', '--by', 'journey', await waiting(zhou))
    await expect.poll(() => decisions(student)).toEqual([expect.stringContaining('通过')])
    expect(await program.command('face', 'list')).not.toContain(zhou.name)
  })
})

test('a rejected photo opens the face step again, with the reason', async ({ page }) => {
  const student = await Student.onPhone(page, program, wu)
  await student.logIn()
  await student.prepare()
  await student.button('同意并继续').click()
  await student.givePicture()
  await student.sees('照片存档')
  await student.givePicture()
  await student.button('提交存档').click()
  await student.confirmIdentity()
  await expect(student.view.getByLabel('政治面貌')).toBeVisible()

  await program.command('face', 'reject', '--by', 'journey', '--reason', '照片模糊，看不清五官', await waiting(wu))
  await expect.poll(() => decisions(student)).toEqual([expect.stringContaining('照片模糊')])

  await student.openMessage(page, '身份审核结果通知')
  await student.sees('人脸识别')
  await expect(student.view.getByText('照片模糊，看不清五官')).toBeVisible()
})
