// The SMS inbox of all numbers, newest first, with the code to copy by one tap.
import { clock, copyButton, el } from './dom.js'
import { person, world } from './world.js'

let all = true
let parts = null
let shown = ''

export function drawSMS(screen) {
  if (!world.now) return
  if (!parts) parts = build(screen)
  const list = (world.now.sms || []).filter((sms) => all || digits(sms.Phone) === digits(person()?.phone || '')).reverse()
  const state = JSON.stringify([list, all, world.holder])
  if (state === shown) return
  shown = state
  parts.list.replaceChildren(...list.map(row))
  if (!list.length) parts.list.append(el('p.empty', {}, '还没有短信。网页发出验证码后会出现在这里。'))
}

function build(screen) {
  const list = el('div.scroll', { role: 'log', 'aria-live': 'polite', 'aria-label': '短信' })
  const box = el('input', { type: 'checkbox', checked: true, onchange: () => { all = box.checked; drawSMS(screen) } })
  screen.append(el('header.bar', {}, el('h1', {}, '短信'), el('label.side', {}, box, '所有号码')), list)
  return { list }
}

function row(sms) {
  const code = codeOf(sms.Text)
  return el('article.sms', {},
    el('header', {}, el('strong', {}, nameOf(sms.Phone)), el('time', {}, clock(sms.At))),
    el('p', {}, sms.Text),
    code && copyButton(code, `复制 ${code}`, `验证码 ${code} 已复制`))
}

function digits(phone) {
  return phone.replace(/\D/g, '').slice(-11)
}

// nameOf tells whose number it is, as a phone's contacts do.
export function nameOf(phone) {
  const plain = phone.replace(/^\+86/, '')
  const owner = world.now.people.find((one) => digits(one.phone) === digits(phone))
  return owner ? `${plain}（${owner.name}）` : plain
}

// codeOf finds the code in a text that speaks of one.
export function codeOf(text) {
  return text.includes('验证码') ? text.match(/\b\d{4,8}\b|\d{6}/)?.[0] : undefined
}
