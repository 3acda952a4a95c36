// A student who walks through the pages, on the sandbox's phone or in a plain browser.
import { expect, type FrameLocator, type Page } from '@playwright/test'
import { join } from 'node:path'
import { hurryOn, hurryTo, type Answers } from './hurry'
import type { Person } from './people'
import type { Program } from './program'
import { watchUploads } from './search'

export const portrait = join(import.meta.dirname, 'portrait.jpg')

/** A picture of the sandbox's album as a file to upload: D02/id-front.jpg. */
export async function albumFile(program: Program, path: string) {
  const answer = await fetch(`${program.phone}/phone/album/${path}`)
  const mimeType = path.endsWith('.pdf') ? 'application/pdf' : 'image/jpeg'
  return { name: path.replace('/', '-'), mimeType, buffer: Buffer.from(await answer.arrayBuffer()) }
}

/** What a page inside the phone's frame and a page of its own have in common. */
export type View = Pick<FrameLocator, 'getByRole' | 'getByLabel' | 'getByText' | 'locator' | 'getByPlaceholder'>

/** The part of the sandbox's state that the stories read. */
export interface World {
  SMS: { Phone: string; Text: string }[] | null
  Users: { Key: string; Chat?: { Kind: string; Title: string; Lines: { Label: string; Value: string }[] | null }[] }[]
  Orders: { OutTradeNo: string; State: string; CodeURL: string }[] | null
}

export class Student {
  constructor(
    readonly view: View,
    readonly program: Program,
    readonly person: Person,
  ) {}

  /** Takes up the student's own phone and opens the registration from the account's menu. */
  static async onPhone(page: Page, program: Program, person: Person) {
    await watchUploads(page.context(), program)
    await page.goto(`${program.phone}/phone?user=${person.id}`)
    await page.getByRole('button', { name: /示例大学/ }).first().click()
    await page.getByRole('button', { name: '新生服务' }).click()
    await page.getByRole('menuitem', { name: '2026 新生注册' }).click()
    return new Student(page.frameLocator('iframe[title="网页"]'), program, person)
  }

  /** Opens the site in a browser that knows nothing of WeChat. */
  static async inBrowser(page: Page, program: Program, person: Person, path = '/') {
    await watchUploads(page.context(), program)
    await page.goto(program.site + path)
    return new Student(page, program, person)
  }

  /** Taps the message that just dropped down on the phone: the page closes, the chat opens; then the card in it. */
  async openMessage(page: Page, title: string) {
    await page.locator('#banner').getByRole('button', { name: title }).click()
    const card = page.getByRole('log').getByRole('button', { name: title })
    const text = await card.innerText()
    await card.click()
    return text
  }

  button(name: string | RegExp) {
    return this.view.getByRole('button', { name, exact: typeof name === 'string' })
  }

  /** The first line to type into whose label begins so. */
  field(label: string) {
    return this.view.getByRole('textbox', { name: new RegExp(`^${label}`) }).first()
  }

  /** The title of the page that is open. */
  async sees(title: string | RegExp) {
    await expect(this.view.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }

  world() {
    return this.program.sandbox<World>('inspect')
  }

  async newestSMS(phone = this.person.phone): Promise<string> {
    const { SMS } = await this.world()
    return SMS?.findLast((sms) => sms.Phone.endsWith(phone))?.Text ?? ''
  }

  async logIn(phone = this.person.phone, number = this.person.number) {
    await this.enterCode(phone, number)
    await expect(this.view.getByRole('heading', { name: /请选择一项办理|办理情况/ })).toBeVisible()
  }

  /** The login up to its last tap. */
  async enterCode(phone = this.person.phone, number = this.person.number) {
    const before = await this.newestSMS(phone)
    await this.fillLogin(phone, number)
    await this.askForCode()
    await expect.poll(() => this.newestSMS(phone)).not.toBe(before)
    const code = /\d{6}/.exec(await this.newestSMS(phone))![0]
    await this.view.getByLabel('短信验证码', { exact: false }).fill(code)
    await this.button('登录').click()
  }

  /** Asks for a code of the login; where one was asked for a moment ago, once more. */
  private async askForCode() {
    const page = this.view.locator('body').page()
    await expect(async () => {
      const [answer] = await Promise.all([
        page.waitForResponse((one) => one.url().endsWith('/api/login/code')),
        this.button(/获取验证码|重新获取/).click(),
      ])
      expect(answer.status()).not.toBe(429)
    }).toPass()
  }

  /** The code of an application's last page; where one was asked for shortly before, once it may be asked for again. */
  async prove() {
    const before = await this.newestSMS()
    const ask = this.button(/获取验证码|重新获取/)
    await expect(ask).toBeEnabled()
    await ask.click()
    await expect(async () => {
      if ((await this.newestSMS()) !== before) return
      await ask.click({ timeout: 500 })
      throw new Error('no code yet')
    }).toPass({ timeout: 80_000, intervals: [1000] })
    await this.view.getByLabel('短信验证码').fill(/\d{6}/.exec(await this.newestSMS())![0])
  }

  async fillLogin(phone = this.person.phone, number = this.person.number) {
    if (this.person.document) await this.view.getByLabel('证件类型').selectOption(this.person.document)
    await this.view.getByLabel('证件号码', { exact: false }).fill(number)
    await this.view.getByLabel('姓名', { exact: false }).first().fill(this.person.name)
    await this.view.getByLabel('手机号', { exact: false }).fill(phone)
  }

  async prepare() {
    await this.view.getByRole('link', { name: /开始注册|继续办理/ }).or(this.button(/开始注册|继续办理/)).first().click()
    await this.button(/已备齐，开始办理/).click()
  }

  async passFace() {
    await this.button('同意并继续').click()
    await this.button('打开摄像头').click()
    await expect(this.view.getByText('人脸识别通过')).toBeVisible({ timeout: 40_000 })
    await this.button('下一步').click()
  }

  /** The same with a picture of the album, where the camera is not what the story is about. */
  async passFaceByFile() {
    await this.givePicture()
    await expect(this.view.getByText('人脸识别通过')).toBeVisible()
    await this.button('下一步').click()
  }

  givePicture(file = portrait) {
    return this.view.getByLabel('上传照片').setInputFiles(file)
  }

  async confirmIdentity() {
    await expect(this.view.getByText('所属教学点')).toBeVisible()
    await this.button('下一步').click()
  }

  /** Goes on from the home page at the step that is next. */
  async goOn() {
    await this.view.getByRole('link', { name: '继续办理' }).or(this.button('继续办理')).first().click()
  }

  /** Is at a later step without having seen the pages before it. */
  hurryTo(step: 'family' | 'pay', more: Record<string, unknown> = {}) {
    return hurryTo(this, step, more)
  }

  /** The same for who has confirmed the identity already. */
  hurryOn(step: 'attachments' | 'pay', answers?: Answers) {
    return hurryOn(this, step, answers)
  }

  /** Takes a picture of the album of a demo person. */
  album(file: string, person = this.person) {
    return albumFile(this.program, `${person.id}/${file}`)
  }

  /** Pays what is owed on the sandbox's phone, and sees the number. */
  async payOnPhone(page: Page, number: string | RegExp) {
    await this.button('去缴费').click()
    await page.getByRole('button', { name: '立即支付' }).click()
    await page.getByRole('button', { name: '完成' }).click()
    await expect(this.view.getByText(number).first()).toBeVisible()
  }

  async fillBasic() {
    const { view } = this
    await view.getByLabel('政治面貌').selectOption({ index: 2 })
    await this.pickArea('籍贯')
    await this.pickArea('户口所在地')
    await view.getByLabel('户口所在地 详细地址').fill('示例路 1 号')
    await this.pickArea('通讯地址')
    await view.getByLabel('通讯地址 详细地址').fill('示例路 1 号 2 幢 301 室')
    await this.field('邮政编码').fill('210000')
    await this.field('现工作单位').fill('示例公司')
    await this.field('紧急联系人').fill('张家长')
    await view.getByLabel('与本人关系').selectOption({ index: 2 })
    await this.field('紧急联系人电话').fill('13900009999')
    await this.button('下一步').click()
  }

  async pickArea(label: string) {
    await this.view.getByLabel(`${label} 省`).selectOption({ label: '江苏省' })
    await this.view.getByLabel(`${label} 市`).selectOption({ label: '南京市' })
    await this.view.getByLabel(`${label} 县（区）`).selectOption({ label: '玄武区' })
  }

  async fillFamily() {
    const { view } = this
    await this.field('姓名').fill('张家长')
    await view.getByLabel('与本人关系').selectOption({ index: 2 })
    await this.field('工作单位').fill('示例工厂')
    await this.field('联系方式').fill('13900009999')
    await this.button('下一步').click()
  }

  async fillEducation(degree: string, year: string) {
    const { view } = this
    await view.getByLabel('最后学历').selectOption({ label: degree })
    await this.view.getByLabel('最后毕业学校').fill('示例学校')
    await this.field('最后毕业专业').fill('会计')
    await this.field('毕业证号').fill('123456789012')
    await view.getByLabel('毕业年份').selectOption(year)
    await this.button('下一步').click()
  }

  /** Chooses a file for one kind of attachment and waits until the server has taken it. */
  async upload(title: string, file: string | Awaited<ReturnType<typeof albumFile>> = portrait) {
    await this.view.getByLabel(`从相册或文件选择：${title}`).setInputFiles(file)
    if (title === '证件照') await this.button('确定').click()
    const card = this.view.locator('section.attachment').filter({ has: this.view.getByRole('heading', { name: title }) })
    await expect(card.locator('.files li')).toBeVisible()
  }

  async attach() {
    for (const title of ['身份证人像面', '身份证国徽面', '证件照']) await this.upload(title)
  }

  async attachProof(code: string, until: string) {
    await this.upload('学历证明')
    await this.view.getByLabel('学历证明类型').selectOption({ index: 1 })
    await this.field('在线验证码').fill(code)
    await this.view.getByLabel('有效期至').fill(until)
  }

  /** Draws a signature with the mouse, wherever the pad stands. */
  async sign(page: Page) {
    const canvas = this.view.locator('canvas').first()
    await canvas.scrollIntoViewIfNeeded()
    const box = (await canvas.boundingBox())!
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
    for (const stroke of [[[0.2, 0.3], [0.4, 0.7], [0.3, 0.8]], [[0.5, 0.2], [0.6, 0.8]], [[0.7, 0.3], [0.9, 0.5], [0.7, 0.8]]]) {
      await page.mouse.move(...at(stroke[0]![0]!, stroke[0]![1]!))
      await page.mouse.down()
      for (const [x, y] of stroke.slice(1)) await page.mouse.move(...at(x!, y!), { steps: 8 })
      await page.mouse.up()
    }
    await this.button('确认').click()
  }

  /** Hands the form in, for a student without a commitment letter. */
  async submit() {
    await this.button('下一步').click()
    await this.button(/提交/).click()
    await this.button('确认提交').click()
  }

  /** Everything from the identity to the filled form, for a student without a commitment letter. */
  async fillForm(degree: string, year: string) {
    await this.fillBasic()
    await this.fillFamily()
    await this.fillEducation(degree, year)
  }
}
