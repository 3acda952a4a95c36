// 身份验证器: the codes of the staff accounts whose QR this phone has scanned, each for 30 seconds.
import { copyButton, el } from './dom.js'
import { show } from './dock.js'
import { act, world } from './world.js'

let parts = null
let shown = ''

export function drawAuthenticator(screen) {
  if (!world.now) return
  if (!parts) parts = build(screen)
  const entries = world.now.authenticator || []
  const state = JSON.stringify(entries)
  if (state === shown) return
  shown = state
  parts.list.replaceChildren(...entries.map(row))
  if (!entries.length) parts.list.append(el('p.empty', {}, '还没有账号。管理端第一次登录时会显示二维码，把它的内容粘贴到“扫一扫”里。'))
}

function build(screen) {
  const list = el('div.scroll', { role: 'list', 'aria-label': '身份验证器' })
  screen.append(el('header.bar', {}, el('h1', {}, '身份验证器'), el('span.side', { id: 'totp-left' })), list)
  setInterval(() => tick(screen.querySelector('#totp-left')), 1000)
  return { list }
}

// tick says how long the codes are good still.
function tick(left) {
  const until = world.now?.authenticator?.[0]?.until
  left.textContent = until ? `${Math.max(0, Math.ceil((until - Date.now()) / 1000))} 秒后更换` : ''
}

function row(entry) {
  return el('article.sms', { role: 'listitem' },
    el('header', {}, el('strong', {}, entry.account), el('span', {}, entry.issuer)),
    el('p.totp', {}, `${entry.code.slice(0, 3)} ${entry.code.slice(3)}`),
    copyButton(entry.code, `复制 ${entry.code}`, `${entry.account} 的动态口令已复制`))
}

// enrol adds the account of a QR and shows its code.
export async function enrol(uri) {
  await act('enrol', { text: uri })
  show('authenticator')
}
