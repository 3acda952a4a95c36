// Looks for what must not stand anywhere in the clear: in the database, in the data folder, in the log.
import { expect, type BrowserContext } from '@playwright/test'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Program } from './program'
import type { Person } from './student'

const headLength = 32

/** Keeps the beginning of every picture that the pages send from now on; a new Set of base64 texts. */
export async function watchUploads(context: BrowserContext): Promise<Set<string>> {
  const heads = new Set<string>()
  await context.exposeBinding('sawUpload', (_, head: string) => heads.add(head))
  await context.addInitScript((length) => {
    const append = FormData.prototype.append
    FormData.prototype.append = function (this: FormData, ...given: [string, Blob, string?]) {
      const tell = (window as unknown as { sawUpload: (head: string) => void }).sawUpload
      if (given[1] instanceof Blob) void given[1].slice(0, length).arrayBuffer().then((bytes) => tell(btoa(String.fromCharCode(...new Uint8Array(bytes)))))
      return Reflect.apply(append, this, given)
    }
  }, headLength)
  return heads
}

/** Fails with the places where a number, a phone, or the beginning of an uploaded picture is found. */
export function expectNoTraces(program: Program, people: Person[], heads: Set<string>) {
  const sought = new Map<string, Buffer>()
  for (const person of people) {
    sought.set(`number of ${person.id}`, Buffer.from(person.number))
    sought.set(`phone of ${person.id}`, Buffer.from(person.phone))
  }
  for (const head of heads) sought.set(`picture that begins ${head}`, Buffer.from(head, 'base64'))
  const places = [...filesBelow(program.data), { name: 'log', bytes: Buffer.from(program.log) }]
  const found = places.flatMap(({ name, bytes }) => [...sought].filter(([, secret]) => bytes.includes(secret)).map(([what]) => `${what} in ${name}`))
  expect(found).toEqual([])
  expect(places.length, 'files that were searched').toBeGreaterThan(3)
  expect(heads.size, 'beginnings of pictures that were sought').toBeGreaterThan(0)
}

/** Every file of the data folder but the sandbox's, which plays the outside world and knows everybody. */
function filesBelow(folder: string): { name: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile() && !relative(folder, path).startsWith('sandbox'))
    .map((path) => ({ name: relative(folder, path), bytes: readFileSync(path) }))
}
