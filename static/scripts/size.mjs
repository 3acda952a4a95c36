// Prints what a browser downloads before it can show a site's first page, and fails above the budget.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const web = process.argv[2] ?? 'dist/web/'
const sites = [
  { page: 'index.html', what: 'first load of the login page', budget: 65_000 },
  { page: 'staff/index.html', what: 'shell of the staff site', budget: 100_000 },
]

function firstLoad(page) {
  const html = readFileSync(web + page, 'utf8')
  const linked = [...html.matchAll(/(?:<script[^>]*src|<link[^>]*rel="(?:modulepreload|stylesheet)"[^>]*href)="\/([^"]+)"/g)]
  return [page, ...linked.map((match) => match[1])]
}

for (const { page, what, budget } of sites) {
  let total = 0
  for (const file of firstLoad(page)) {
    const size = gzipSync(readFileSync(web + file), { level: 9 }).length
    total += size
    console.log(`${String(size).padStart(7)}  ${file}`)
  }
  console.log(`${String(total).padStart(7)}  ${what}, gzip (budget ${budget})`)
  if (total > budget) process.exitCode = 1
}
