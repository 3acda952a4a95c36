// The way to a later step without its pages, for the stories that begin there: the same requests, in the student's session.
import { expect, request } from '@playwright/test'
import { readFileSync } from 'node:fs'
import type { Person } from './people'
import type { Program } from './program'
import { portrait, type Student } from './student'

type Answer = Record<string, unknown>
type Form = { dictionaries: Record<string, { code: string; text: string }[]> }

const area = { code: '320102', text: '江苏省南京市玄武区' }

type Ask = (method: string, path: string, body?: Answer) => Promise<Answer>

/** `more` are answers that an intake asks for besides. */
export async function hurryTo(student: Student, step: 'family' | 'pay', more: Answer = {}) {
  await walk(ask(student), student.program, student.person, step, more)
  await student.view.locator('body').evaluate((_, route) => {
    location.hash = route
    location.reload()
  }, step === 'pay' ? '/pay' : '/form/family')
}

/** Hands a whole form in without a browser, for the stories of who looks at it (not 专升本); gives the session, for a browser to go on with. */
export async function handIn(program: Program, person: Person) {
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
  await walk(api, program, person, 'pay')
  return site.storageState()
}

/** Takes every step before the one that is named. */
async function walk(api: Ask, program: Program, person: Person, step: 'family' | 'pay', more: Answer = {}) {
  await api('POST', 'prepare/done')
  const { version } = await api('GET', 'texts/consent')
  await api('POST', 'consent', { version, agree: true })
  await api('POST', 'face', { photo: readFileSync(portrait) })
  await api('POST', 'identity/confirm')
  const { dictionaries } = (await api('GET', 'form')) as Form
  const code = (dictionary: string) => dictionaries[dictionary]![0]!.code
  await fill('basic', {
    politics: code('politics'), native_place: area, household_place: { ...area, street: '示例路 1 号' }, address: { ...area, street: '示例路 1 号 2 幢' },
    postcode: '210000', work_unit: '示例公司', emergency_name: '示家长', emergency_relation: code('relation'), emergency_phone: '13900009999', ...more,
  })
  if (step === 'pay') {
    await fill('family', { none: true, rows: [] })
    await fill('education', { degree: code('degree_high'), school: '示例学校', major: '会计', certificate_no: '123456789012', graduation_year: '2019' })
    for (const [kind, file] of [['id_front', 'id-front'], ['id_back', 'id-back'], ['photo', 'photo']]) {
      const picture = await fetch(`${program.phone}/phone/album/${person.id}/${file}.jpg`)
      await api('POST', `attachments/${kind}`, { file: Buffer.from(await picture.arrayBuffer()) })
    }
    await api('POST', 'attachments/done')
    await api('POST', 'submit')
  }

  async function fill(section: string, content: Answer) {
    await api('PUT', `sections/${section}`, { version: 0, content, force: true })
    await api('POST', `sections/${section}/done`)
  }
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
