// The site's page inside WeChat: a frame on the webview's own host, with a bar above it.
import { copy, el, sheet, toast } from './dom.js'
import { act, hold, refresh, user, world } from './world.js'
import { payInPage } from './cashier.js'
import { chooseFiles } from './chooser.js'
import { show } from './dock.js'

let layer, frame, title, address

// webviewLayer is built once and covers WeChat's screen while a page is open.
export function webviewLayer() {
  title = el('h1', {}, '')
  frame = newFrame()
  layer = el('div.view.webview', { hidden: true },
    el('header.bar', {},
      el('button.back', { type: 'button', onclick: () => tell({ what: 'back' }), 'aria-label': '网页后退' }, '‹'),
      el('button.back', { type: 'button', onclick: closePage, 'aria-label': '关闭网页' }, '✕'),
      title,
      el('button.back', { type: 'button', onclick: more, 'aria-label': '更多操作' }, '⋯')),
    frame)
  return layer
}

// newFrame is a browser without a history; every page that is opened gets one, as in WeChat.
function newFrame(src) {
  return el('iframe', { title: '网页', allow: 'camera; microphone; clipboard-write; fullscreen', src })
}

function replaceFrame(src) {
  const fresh = newFrame(src)
  frame.replaceWith(fresh)
  frame = fresh
}

let ownHosts = true

// frameOrigin is the host on which this WeChat user's pages are served: everybody has a phone of their own.
// A browser that does not know d01.localhost gets plain localhost, where all share what pages store.
function frameOrigin() {
  const name = ownHosts ? `${world.holder.toLowerCase()}.localhost` : 'localhost'
  return `${location.protocol}//${name}:${location.port}`
}

// tryHosts finds out whether the browser knows host names under localhost.
export async function tryHosts() {
  try {
    await fetch(`${frameOrigin()}/_sandbox/phone.js`, { mode: 'no-cors' })
  } catch {
    ownHosts = false
  }
}

// openPage opens an address in WeChat's browser.
export function openPage(url) {
  show('wechat')
  const inside = within(url, world.now.site) ?? within(url, location.origin)
  if (inside === null) {
    const close = sheet('这个网址不在沙箱里', null, el('p', {}, url),
      el('button.main.wide', { type: 'button', onclick: () => { window.open(url, '_blank', 'noopener'); close() } }, '用电脑的浏览器打开'))
    return
  }
  layer.hidden = false
  title.textContent = '正在打开…'
  address = url
  replaceFrame(frameOrigin() + inside)
}

function within(url, origin) {
  if (!url.startsWith(origin)) return null
  const rest = url.slice(origin.length)
  return rest === '' || /^[/?#]/.test(rest) ? rest || '/' : null
}

// closePage ends the page, as ✕ does.
export function closePage() {
  if (!layer) return
  layer.hidden = true
  replaceFrame()
}

// pageIsOpen says whether a page could take a code.
export function pageIsOpen() {
  return Boolean(layer) && !layer.hidden
}

// fillCode puts a code from an SMS into the page's field.
export function fillCode(code) {
  show('wechat')
  tell({ what: 'code', value: code })
}

function tell(message) {
  frame.contentWindow.postMessage({ sandbox: true, ...message }, '*')
}

function more() {
  const item = (text, does) => el('button.item', { type: 'button', onclick: () => { close(); does() } }, text)
  const close = sheet('网页', null,
    item('刷新', () => { tell({ what: 'reload' }) }),
    item('重新打开', () => openPage(address)),
    item('复制链接', () => copy(address, '链接已复制')),
    world.holder !== 'parent' && item('发给家长，换家长的手机打开', sendToParent),
    item('在电脑的浏览器中打开', () => window.open(address, '_blank', 'noopener')),
    item(`清除${user().name}在微信里的登录状态`, forget))
}

async function sendToParent() {
  const url = address
  await hold('parent')
  openPage(url)
}

async function forget() {
  await act('forget')
  openPage(`${world.now.site}/`)
  toast('登录状态已清除')
}

window.addEventListener('message', async (event) => {
  if (!frame || event.source !== frame.contentWindow || !event.data.sandbox) return
  const { what, id, params, accept, multiple, camera } = event.data
  const answer = (value) => event.source.postMessage({ sandbox: true, what: 'answer', id, value }, event.origin)
  if (what === 'page') return seePage(event.data)
  if (what === 'close') return closePage()
  if (what === 'dial') return toast(`沙箱手机不会真的拨出：${event.data.url}`)
  if (what === 'choose') return answer(await chooseFiles({ accept, multiple, camera }))
  if (what === 'pay') {
    answer(await payInPage(params))
    refresh()
  }
})

function seePage({ title: text, url }) {
  title.textContent = text || new URL(url).host
  address = world.now.site + url.slice(new URL(url).origin.length)
}
