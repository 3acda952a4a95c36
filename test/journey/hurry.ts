// The way to a later step without its pages, for the stories that begin there: the same requests, in the student's session.
import { expect, request } from '@playwright/test'
import { readFileSync } from 'node:fs'
import type { Person } from './people'
import type { Program } from './program'
import { portrait, type Student } from './student'

type Answer = Record<string, unknown>
type Form = { dictionaries: Record<string, { code: string; text: string }[]> }

type Kind = { key: string; required: boolean; files: unknown[] }

/** What a story writes otherwise than everybody. */
export interface Answers { education?: Answer; proof?: { kind: string; code: string; valid_until: string } }

const area = { code: '320102', text: '江苏省南京市玄武区' }

const album: Record<string, string> = { id_front: 'id-front.jpg', id_back: 'id-back.jpg', photo: 'photo.jpg', proof: 'proof.jpg' }

type Ask = (method: string, path: string, body?: Answer) => Promise<Answer>

/** `more` are answers that an intake asks for besides. */
export async function hurryTo(student: Student, step: 'family' | 'pay', more: Answer = {}) {
  await walk(ask(student), student.program, student.person, step, more)
  await go(student, step === 'pay' ? '/pay' : '/form/family')
  if (step === 'family') await expect(student.view.getByRole('heading', { name: '家庭成员', level: 2 })).toBeVisible()
}

/** The way on from the confirmed identity, the commitment of 专升本 included. */
export async function hurryOn(student: Student, step: 'attachments' | 'pay', answers: Answers = {}) {
  const api = ask(student)
  // No page with a draft of its own stands open meanwhile.
  await student.view.locator('body').evaluate(() => (location.hash = '/home'))
  await student.sees('新生入学办理')
  const { level } = await api('GET', 'me')
  await fillForm(api, String(level), answers.education)
  if (step === 'attachments') return go(student, '/form/attachments')
  await attach(api, student.program, student.person)
  if (answers.proof) await api('PUT', 'attachments/proof', { ...answers.proof })
  await api('POST', 'attachments/done')
  if (level === '专升本') await sign(student, api)
  await api('POST', 'submit')
  await go(student, '/pay')
}

function go(student: Student, route: string) {
  return student.view.locator('body').evaluate((_, route) => {
    location.hash = route
    location.reload()
  }, route)
}

/** Hands a whole form in without a browser, or an archived photo, for the stories of who looks at it (not 专升本); gives the session, for a browser to go on with. */
export async function handIn(program: Program, person: Person, step: 'archive' | 'pay' = 'pay') {
  const site = await request.newContext({ baseURL: program.site, extraHTTPHeaders: { 'X-Requested-With': 'xinsheng' } })
  const api: Ask = async (method, path, body = {}) => {
    const file = Object.entries(body).find((pair): pair is [string, Buffer] => Buffer.isBuffer(pair[1]))
    const content = file ? { multipart: { [file[0]]: { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: file[1] } } } : { data: body }
    const answer = await site.fetch('/api/' + path, { method, ...(method === 'GET' ? {} : content) })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
  const { challenge } = await api('POST', 'login/code', { id_type: 'id_card', id_number: person.number, phone: person.phone })
  let text = ''
  await expect.poll(async () => {
    const { SMS } = await program.sandbox<{ SMS: { Phone: string; Text: string }[] | null }>('inspect')
    return (text = SMS?.findLast(({ Phone }) => Phone.endsWith(person.phone))?.Text ?? '')
  }).toMatch(/\d{6}/)
  await api('POST', 'login', { challenge, name: person.name, code: /\d{6}/.exec(text)![0] })
  await walk(api, program, person, step)
  return site.storageState()
}

/** Takes every step before the one that is named. */
async function walk(api: Ask, program: Program, person: Person, step: 'archive' | 'family' | 'pay', more: Answer = {}) {
  await api('POST', 'prepare/done')
  const { version } = await api('GET', 'texts/consent')
  await api('POST', 'consent', { version, agree: true })
  if (step === 'archive') return void (await api('POST', 'face/archive', { photo: readFileSync(portrait) }))
  await api('POST', 'face', { photo: readFileSync(portrait) })
  await api('POST', 'identity/confirm')
  if (step === 'family') return void (await fillBasic(api, more))
  await fillForm(api, '高起本', {}, more)
  await attach(api, program, person)
  await api('POST', 'attachments/done')
  await api('POST', 'submit')
}

async function fillForm(api: Ask, level: string, education: Answer = {}, more: Answer = {}) {
  const { dictionaries } = await fillBasic(api, more)
  const degree = dictionaries[level === '专升本' ? 'degree_college' : 'degree_high']![0]!.code
  await fill(api, 'family', { none: true, rows: [] })
  await fill(api, 'education', { degree, school: '示例学校', major: '会计', certificate_no: '123456789012', graduation_year: '2019', ...education })
}

async function fillBasic(api: Ask, more: Answer): Promise<Form> {
  const form = (await api('GET', 'form')) as Form
  const code = (dictionary: string) => form.dictionaries[dictionary]![0]!.code
  await fill(api, 'basic', {
    politics: code('politics'), native_place: area, household_place: { ...area, street: '示例路 1 号' }, address: { ...area, street: '示例路 1 号 2 幢' },
    postcode: '210000', work_unit: '示例公司', emergency_name: '示家长', emergency_relation: code('relation'), emergency_phone: '13900009999', ...more,
  })
  return form
}

async function fill(api: Ask, section: string, content: Answer) {
  await api('PUT', `sections/${section}`, { version: 0, content, force: true })
  await api('POST', `sections/${section}/done`)
}

/** Uploads from the album what is asked for and not there yet. */
async function attach(api: Ask, program: Program, person: Person) {
  const { kinds } = (await api('GET', 'attachments')) as unknown as { kinds: Kind[] }
  for (const { key } of kinds.filter((kind) => kind.required && !kind.files.length)) {
    const picture = await fetch(`${program.phone}/phone/album/${person.id}/${album[key]}`)
    await api('POST', `attachments/${key}`, { file: Buffer.from(await picture.arrayBuffer()) })
  }
}

/** Signs the commitment with a few strokes. */
async function sign(student: Student, api: Ask) {
  const { version, hash } = await api('GET', 'commitment')
  const signature = await student.view.locator('body').evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 160 })
    const pen = canvas.getContext('2d')!
    pen.lineWidth = 5
    for (const x of [40, 110, 180]) pen.strokeRect(x, 40, 60, 80)
    return canvas.toDataURL('image/png')
  })
  await api('POST', 'commitment', { version, hash, signature })
}

/** Asks the site as the student's page does; a Buffer in the body makes it an upload. */
function ask(student: Student): Ask {
  return async (method, path, body = {}) => {
    const file = Object.entries(body).find((pair): pair is [string, Buffer] => Buffer.isBuffer(pair[1]))
    const order = { method, path, body: file ? undefined : JSON.stringify(body), file: file && { name: file[0], bytes: file[1].toString('base64') } }
    const [status, text] = await student.view.locator('body').evaluate(async (_, { method, path, body, file }) => {
      const headers: Record<string, string> = { 'X-Requested-With': 'xinsheng' }
      const form = new FormData()
      if (file) form.append(file.name, await (await fetch('data:image/jpeg;base64,' + file.bytes)).blob(), 'photo.jpg')
      else if (method !== 'GET') headers['Content-Type'] = 'application/json'
      const answer = await fetch('/api/' + path, { method, headers, body: method === 'GET' ? undefined : file ? form : body })
      return [answer.status, await answer.text()] as const
    }, order)
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`)
    return JSON.parse(text) as Answer
  }
}
