// The album: ready pictures of every demo student, to look at, save, or choose for a page.
import { el, sheet } from './dom.js'
import { person, world } from './world.js'

let screenParts = null
let chosen = null

// drawAlbum builds the screen once per holder; looking at another student's pictures keeps until then.
export function drawAlbum(screen) {
  if (!world.now || screenParts === world.holder) return
  screenParts = world.holder
  chosen = person()?.id || chosen || world.now.people[0]?.id
  screen.replaceChildren(
    el('header.bar', {}, el('h1', {}, '相册')),
    el('div.scroll', {}, el('p.hint', {}, '图片由沙箱画出，带“样例”字样。点图片可放大和保存到电脑。'), albumGrid(look)))
}

// albumGrid is a choice of student above that student's pictures; pick is called with both.
export function albumGrid(pick, allowed = () => true) {
  chosen = person()?.id || chosen || world.now.people[0]?.id
  const grid = el('div.grid')
  const select = el('select', { 'aria-label': '谁的图片', onchange: () => { chosen = select.value; fill() } },
    ...world.now.people.map((one) => el('option', { value: one.id, selected: one.id === chosen }, `${one.id} ${one.name}`)))
  const fill = () => grid.replaceChildren(...world.now.pictures.filter(allowed).map((picture) => el('button.picture', { type: 'button', onclick: () => pick(chosen, picture) },
    el('img', { src: `${address(chosen, picture)}?small`, alt: '', loading: 'lazy' }),
    el('strong', {}, picture.title), el('span', {}, picture.hint))))
  fill()
  return el('div.album', {}, el('label.choice', {}, '谁的图片', select), grid)
}

function address(id, picture) {
  return `/phone/album/${id}/${picture.file}`
}

// pictureFile fetches a picture of the album as a file.
export async function pictureFile(id, picture) {
  const reply = await fetch(address(id, picture))
  if (!reply.ok) throw new Error(`HTTP ${reply.status}`)
  const blob = await reply.blob()
  return new File([blob], `${id}-${picture.file}`, { type: blob.type })
}

function look(id, picture) {
  const url = address(id, picture)
  const pdf = picture.file.endsWith('.pdf')
  sheet(picture.title, null,
    el('img.large', { src: pdf ? `${url}?small` : url, alt: `${id} 的${picture.title}` }),
    el('p.hint', {}, picture.hint),
    el('a.main.wide', { href: `${url}?save`, download: `${id}-${picture.file}` }, '保存到电脑'))
}
