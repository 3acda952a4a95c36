// Looks for what must not stand anywhere in the clear: in the database, in the data folder, in the log.
import { expect, type BrowserContext } from '@playwright/test'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Program } from './program'
import { people } from './people'

const headLength = 32
const watched = new WeakSet<BrowserContext>()

/** Keeps the beginning of every picture that the pages of a browser send from now on. */
export async function watchUploads(context: BrowserContext, program: Program) {
  if (watched.has(context)) return
  watched.add(context)
  await context.exposeBinding('sawUpload', (_, head: string) => program.uploads.add(head))
  await context.addInitScript((length) => {
    const append = FormData.prototype.append
    const tell = (window as unknown as { sawUpload: (head: string) => void }).sawUpload
    FormData.prototype.append = function (this: FormData, ...given: unknown[]) {
      if (given[1] instanceof Blob) void given[1].slice(0, length).arrayBuffer().then((bytes) => tell(btoa(String.fromCharCode(...new Uint8Array(bytes)))))
      return Reflect.apply(append, this, given) as void
    }
  }, headLength)
}

/** Fails with the places where a student's number, a phone, or the beginning of an uploaded picture is found. */
export function expectNoTraces(program: Program) {
  const sought = new Map<string, Buffer>()
  for (const person of people) {
    sought.set(`number of ${person.id}`, Buffer.from(person.number))
    for (const phone of [person.phone, person.otherPhone]) if (phone) sought.set(`phone of ${person.id}`, Buffer.from(phone))
  }
  for (const head of program.uploads) sought.set(`picture that begins ${head}`, Buffer.from(head, 'base64'))
  const places = [...filesBelow(program.data), { name: 'log', bytes: Buffer.from(program.log) }]
  const found = places.flatMap(({ name, bytes }) => [...sought].filter(([, secret]) => bytes.includes(secret)).map(([what]) => `${what} in ${name}`))
  expect(found).toEqual([])
  expect(places.map(({ name }) => name), 'places that were searched').toEqual(expect.arrayContaining(['xinsheng.db', 'log']))
}

/** Every file of the data folder but the sandbox's, which plays the outside world and knows everybody. */
function filesBelow(folder: string): { name: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile() && !relative(folder, path).startsWith('sandbox'))
    .map((path) => ({ name: relative(folder, path), bytes: readFileSync(path) }))
}
