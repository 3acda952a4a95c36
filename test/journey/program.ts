// Starts the whole program, as `make run` does, on free ports and an empty data folder.
import { test } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectNoTraces } from './search'

const root = join(import.meta.dirname, '..', '..')
const binary = process.env.XINSHENG ?? join(root, 'bin', 'xinsheng')

export class Program {
  site = ''
  phone = ''
  /** What it wrote about its work; the greeting with the demo students is no part of it. */
  log = ''
  /** The beginnings of all pictures that pages have sent it, in base64. */
  readonly uploads = new Set<string>()
  readonly data = mkdtempSync(join(tmpdir(), 'xinsheng-journey-'))
  #process?: ChildProcess
  #env: Record<string, string> = {}

  /** Starts it and waits until it is ready; a second start finds everything still there. */
  async start() {
    if (!this.site) {
      const [site, phone] = [await freePort(), await freePort()]
      this.site = `http://localhost:${site}`
      this.phone = `http://127.0.0.1:${phone}`
      this.#env = {
        PORT: String(site), SANDBOX_PORT: String(phone), DATA: this.data, XINSHENG_CONFIG: '/dev/null',
        // Somebody who logs in on a second device need not wait a minute here.
        XINSHENG_LIMITS__RESEND: '1s',
      }
    }
    this.#process = spawn(binary, ['demo'], { cwd: this.data, env: { ...process.env, ...this.#env } })
    this.#process.stdout!.resume()
    this.#process.stderr!.on('data', (text) => (this.log += text))
    for (let tries = 0; tries < 200; tries++) {
      if (await fetch(this.site + '/readyz').then((answer) => answer.ok, () => false)) return
      await new Promise((later) => setTimeout(later, 100))
    }
    throw new Error('the program did not get ready:\n' + this.log)
  }

  /** Ends it cleanly, as Ctrl-C does. */
  async stop(signal: NodeJS.Signals = 'SIGINT') {
    const ended = new Promise((done) => this.#process!.once('exit', done))
    this.#process!.kill(signal)
    await ended
  }

  /** Runs another command of the program beside the server. */
  command(...args: string[]): Promise<string> {
    return new Promise((done, fail) => {
      const config = join(this.data, 'config.yaml')
      const child = spawn(binary, ['--config', config, ...args], { cwd: this.data, env: process.env })
      let out = ''
      child.stdout.on('data', (text) => (out += text))
      child.stderr.on('data', (text) => (out += text))
      child.on('exit', (code) => (code === 0 ? done(out) : fail(new Error(`${args.join(' ')}: ${out}`))))
    })
  }

  /** Switches the picture of digits off, as a registrar may; nobody here could read it. */
  async showNoCaptcha(change: (intake: string) => string = (intake) => intake) {
    interface Credentials { WeChatTemplates: Record<string, string>; SMSTemplates: Record<string, string> }
    const { WeChatTemplates, SMSTemplates } = await this.sandbox<Credentials>('credentials')
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const known = { opens: day(-7), closes: day(90), ...prefixed('wechat.', WeChatTemplates), ...prefixed('sms.', SMSTemplates) }
    const intake = readFileSync(join(root, 'cmd', 'xinsheng', 'demo', 'intake.yaml'), 'utf8')
      .replace(/\$\{([\w.]+)\}/g, (all, name: string) => (name in known ? `"${known[name as keyof typeof known]}"` : all))
      .replace('captcha: true', 'captcha: false')
    const file = join(this.data, 'intake.yaml')
    writeFileSync(file, change(intake))
    await this.command('intake', 'import', file)
  }

  /** Asks the sandbox's controls. */
  async sandbox<T = unknown>(path: string, body?: unknown): Promise<T> {
    const answer = await fetch(this.phone + '/_sandbox/' + path, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`sandbox ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }

  remove() {
    rmSync(this.data, { recursive: true, force: true })
  }
}

/** One started program for all stories of a file, in the demo's intake or a changed one; when they are told, nothing of the students may lie in the clear. */
export function started(change?: (intake: string) => string): Program {
  const program = new Program()
  test.beforeAll(async () => {
    await program.start()
    await program.showNoCaptcha(change)
  })
  test.afterAll(async () => {
    expectNoTraces(program)
    await program.stop()
    program.remove()
  })
  return program
}

const prefixed = (prefix: string, ids: Record<string, string>) =>
  Object.fromEntries(Object.entries(ids).map(([event, id]) => [prefix + event, id]))

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
