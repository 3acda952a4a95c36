// Prints what a phone downloads before it can show the login page, and fails above the budget.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const budget = 65_000
const web = process.argv[2] ?? 'dist/web/'
const html = readFileSync(web + 'index.html', 'utf8')
const linked = [...html.matchAll(/(?:<script[^>]*src|<link[^>]*rel="(?:modulepreload|stylesheet)"[^>]*href)="\/([^"]+)"/g)]
const files = ['index.html', ...linked.map((match) => match[1])]

let total = 0
for (const file of files) {
  const size = gzipSync(readFileSync(web + file), { level: 9 }).length
  total += size
  console.log(`${String(size).padStart(7)}  ${file}`)
}
console.log(`${String(total).padStart(7)}  first load of the login page, gzip (budget ${budget})`)
if (total > budget) process.exit(1)
