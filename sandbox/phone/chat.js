// WeChat: the list of chats, and the account's chat with its messages and its menu.
import { clock, el, toast } from './dom.js'
import { act, user, world } from './world.js'
import { openPage, pageIsOpen, webviewLayer } from './webview.js'

let parts = null
let openedMenu = -1
let writing = false
let shown = ''

// drawWeChat brings the screen up to date; what is being typed stays.
export function drawWeChat(screen) {
  if (!parts) parts = build(screen)
  if (!world.now) return
  drawList()
  drawChat()
}

function build(screen) {
  const list = el('div.view', {}, el('header.bar', {}, el('h1', {}, '微信')))
  const row = el('button.chat-row', { type: 'button', onclick: openChat })
  list.append(row, el('p.hint', {}, '这里是沙箱里的微信。点上面的公众号，从菜单开始办理。'))
  const title = el('h1')
  const messages = el('div.messages', { role: 'log', 'aria-live': 'polite', tabIndex: 0, 'aria-label': '聊天记录' })
  const footer = el('div.footer')
  const chat = el('div.view', { hidden: true },
    el('header.bar', {}, el('button.back', { type: 'button', onclick: leaveChat, 'aria-label': '返回' }, '‹'), title),
    messages, footer)
  screen.append(list, chat, webviewLayer())
  return { list, row, chat, title, messages, footer }
}

// openChat brings the account's chat to the front.
export function openChat() {
  parts.list.hidden = true
  parts.chat.hidden = false
  parts.messages.scrollTop = parts.messages.scrollHeight
}

function leaveChat() {
  parts.chat.hidden = true
  parts.list.hidden = false
}

// chatIsOpen says whether a new message is seen without a banner.
export function chatIsOpen() {
  return !parts.chat.hidden && !pageIsOpen()
}

function drawList() {
  const { account, chat } = world.now
  const newest = (chat || []).at(-1)
  parts.row.replaceChildren(el('span.avatar', { 'aria-hidden': 'true' }, account.slice(0, 1)),
    el('span.chat-name', {}, el('strong', {}, account), el('span', {}, newest ? preview(newest) : '公众号')),
    el('time', {}, newest ? clock(newest.At) : ''))
}

function preview(message) {
  return message.Kind === 'template' ? `[模板消息] ${message.Title}` : message.Text
}

function drawChat() {
  const { account, chat, menu } = world.now
  const state = JSON.stringify([world.holder, chat, menu, user(), openedMenu, writing])
  if (state === shown) return
  shown = state
  parts.title.textContent = account
  const pane = parts.messages
  const atEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 80
  pane.replaceChildren(el('p.centre', {}, `${user().name}，欢迎使用沙箱里的公众号。`), ...(chat || []).map(bubble))
  if (atEnd) pane.scrollTop = pane.scrollHeight
  drawFooter()
}

function bubble(message) {
  const time = el('time.centre', {}, clock(message.At))
  if (message.Kind === 'template') return el('div', {}, time, card(message))
  if (message.Kind === 'event') return el('div', {}, el('p.centre', {}, message.Text))
  const side = message.From === 'user' ? 'mine' : 'theirs'
  return el('div', {}, time, el(`div.bubble.${side}`, {}, ...linked(message.Text)))
}

// linked makes the addresses in a text tappable, as WeChat does.
function linked(text) {
  return text.split(/(<a href="[^"]+">[^<]*<\/a>|https?:\/\/[^\s<]+)/).map((piece) => {
    const anchor = piece.match(/^<a href="([^"]+)">([^<]*)<\/a>$/)
    if (anchor) return link(anchor[1], anchor[2])
    return /^https?:/.test(piece) ? link(piece, piece) : piece
  })
}

function link(url, text) {
  return el('button.link', { type: 'button', onclick: () => openPage(url) }, text)
}

function card(message) {
  const lines = (message.Lines || []).map((line) => [el('dt', {}, line.Label), el('dd', {}, line.Value)])
  const body = [el('h3', {}, message.Title), el('dl', {}, ...lines.flat())]
  if (!message.URL) return el('div.card', {}, ...body)
  return el('button.card', { type: 'button', onclick: () => openPage(message.URL) }, ...body, el('span.more', {}, '查看详情', el('span', { 'aria-hidden': 'true' }, '›')))
}

function drawFooter() {
  const menu = world.now.menu || []
  if (!user().follows) return parts.footer.replaceChildren(followBar())
  if (writing || !menu.length) return parts.footer.replaceChildren(writeBar(menu.length > 0))
  parts.footer.replaceChildren(menuBar(menu))
}

function followBar() {
  return el('div.follow', {}, el('p', {}, '还没有关注这个公众号。'),
    el('button.main', { type: 'button', onclick: () => act('follow', { follows: true }).catch(tell) }, '关注公众号'))
}

function writeBar(hasMenu) {
  const field = el('input', { type: 'text', placeholder: '发消息', 'aria-label': '发消息给公众号', enterKeyHint: 'send' })
  const send = (event) => {
    event.preventDefault()
    if (!field.value.trim()) return
    act('say', { text: field.value.trim() }).catch(tell)
    field.value = ''
  }
  return el('form.write', { onsubmit: send },
    hasMenu && el('button.toggle', { type: 'button', 'aria-label': '显示菜单', onclick: () => toggle(false) }, '☰'),
    field, el('button.main.small', {}, '发送'))
}

function toggle(toWriting) {
  writing = toWriting
  openedMenu = -1
  drawChat()
  parts.footer.querySelector('input')?.focus()
}

function menuBar(menu) {
  const buttons = menu.map((button, i) => {
    const sub = button.sub_button || []
    const open = openedMenu === i
    return el('div.menu-cell', {},
      open && el('div.submenu', { role: 'menu' }, ...sub.map((one) => el('button', { type: 'button', role: 'menuitem', onclick: () => press(one) }, one.name))),
      el('button', {
        type: 'button',
        'aria-haspopup': sub.length ? 'menu' : null,
        'aria-expanded': sub.length ? String(open) : null,
        onclick: () => (sub.length ? unfold(open ? -1 : i) : press(button)),
      }, sub.length ? el('span.lines', { 'aria-hidden': 'true' }, '≡ ') : null, button.name))
  })
  return el('div.menu', {}, el('button.toggle', { type: 'button', 'aria-label': '发文字消息', onclick: () => toggle(true) }, '⌨'), ...buttons)
}

function unfold(i) {
  openedMenu = i
  drawChat()
}

function press(button) {
  unfold(-1)
  if (button.type === 'view') return openPage(button.url)
  if (button.type === 'click') return act('tap', { key: button.key }).catch(tell)
  toast(`沙箱手机不支持这种菜单：${button.type || '无类型'}`)
}

function tell(error) {
  toast(error.message)
}
