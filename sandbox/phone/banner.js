// The banner that drops down when an SMS or a message arrives.
import { byId, copyButton, el } from './dom.js'
import { world } from './world.js'
import { inFront, mark, show } from './dock.js'
import { codeOf, nameOf } from './sms.js'
import { chatIsOpen, openChat } from './chat.js'
import { closePage, fillCode, pageIsOpen } from './webview.js'

let newest = null
let holder = null
let timer

// watchArrivals compares with what was there before; what is there at the start is old.
export function watchArrivals({ sms, chat }) {
  const arrived = [...(sms || []).map((one) => ({ ...one, app: 'sms' })), ...(chat || []).filter((one) => one.From === 'account').map((one) => ({ ...one, app: 'wechat' }))]
  const seen = newest
  newest = Object.fromEntries(arrived.map((one) => [`${one.app}${one.Seq}`, true]))
  if (seen === null || holder !== world.holder) {
    holder = world.holder
    return
  }
  const fresh = arrived.filter((one) => !seen[`${one.app}${one.Seq}`])
  for (const one of fresh) mark(one.app)
  if (fresh.length) drop(fresh.at(-1))
}

function drop(one) {
  const banner = byId('banner')
  const code = one.app === 'sms' && codeOf(one.Text)
  const open = () => {
    banner.hidden = true
    show(one.app)
    if (one.app === 'wechat') {
      closePage()
      openChat()
    }
  }
  banner.replaceChildren(...[
    el('button.news', { type: 'button', onclick: open },
      el('strong', {}, one.app === 'sms' ? `短信 ${nameOf(one.Phone)}` : world.now.account),
      el('span', {}, one.Title || one.Text)),
    code && copyButton(code, `复制 ${code}`, `验证码 ${code} 已复制`),
    code && pageIsOpen() && el('button.main.small', { type: 'button', onclick: () => { banner.hidden = true; fillCode(code) } }, '填入网页'),
    el('button.dismiss', { type: 'button', onclick: () => { banner.hidden = true }, 'aria-label': '收起通知' }, '✕'),
  ].filter(Boolean))
  banner.hidden = inFront() === one.app && (one.app === 'sms' || chatIsOpen())
  clearTimeout(timer)
  timer = setTimeout(() => { banner.hidden = true }, 12000)
}
