// Measures the login page as Lighthouse's phone sees it, three times; the middle one counts. Fails below the floors.
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const floors = { performance: 95, accessibility: 100 }
const rounds = 3

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

const [port, phone] = [await freePort(), await freePort()]
const data = mkdtempSync(join(tmpdir(), 'xinsheng-lighthouse-'))
const program = spawn(join(import.meta.dirname, '..', '..', 'bin', 'xinsheng'), ['demo'], {
  env: { ...process.env, PORT: port, SANDBOX_PORT: phone, DATA: data },
  stdio: 'ignore',
})
const site = `http://localhost:${port}`
const chrome = await launch({ chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium', chromeFlags: ['--headless=new', '--no-sandbox'] })
try {
  for (let tries = 0; !(await fetch(site + '/readyz').catch(() => ({ ok: false }))).ok; tries++) {
    if (tries > 600) throw new Error('the program did not get ready')
    await new Promise((later) => setTimeout(later, 100))
  }
  const runs = []
  for (let round = 0; round < rounds; round++) {
    const { lhr } = await lighthouse(`${site}/#/login`, { port: chrome.port, logLevel: 'error', onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'] })
    runs.push(lhr)
  }
  const score = (lhr, category) => Math.round(lhr.categories[category].score * 100)
  const [middle] = runs.sort((a, b) => score(b, 'performance') - score(a, 'performance')).slice(Math.floor(rounds / 2))
  for (const category of Object.keys(middle.categories)) {
    console.log(`${category.padEnd(16)} ${score(middle, category)}  (${runs.map((lhr) => score(lhr, category)).join(', ')})`)
    if (score(middle, category) < (floors[category] ?? 0)) process.exitCode = 1
  }
  for (const audit of ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'total-byte-weight'])
    console.log(`${audit.padEnd(26)} ${middle.audits[audit].displayValue}`)
  for (const { id, title, score: got } of Object.values(middle.audits)) if (got !== null && got < 0.9) console.log(`  - ${id}: ${title}`)
} finally {
  chrome.kill()
  program.kill('SIGINT')
  await new Promise((done) => program.once('exit', done))
  rmSync(data, { recursive: true, force: true })
}
