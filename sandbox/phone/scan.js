// 扫一扫: the codes shown lately, and a field to paste one.
import { clock, el, sheet, toast, yuan } from './dom.js'
import { act, user, world } from './world.js'
import { openChat } from './chat.js'
import { show } from './dock.js'
import { openPage } from './webview.js'
import { payCode } from './cashier.js'
import { enrol } from './authenticator.js'

const kept = 'scanned'
let parts = null
let shown = ''

export function drawScan(screen) {
  if (!world.now) return
  if (!parts) parts = build(screen)
  const codes = (world.now.codes || []).filter((bill) => bill.CodeURL).slice(-12).reverse()
  const links = JSON.parse(localStorage.getItem(kept) || '[]')
  const scenes = world.now.scenes || []
  const state = JSON.stringify([codes, links, scenes])
  if (state === shown) return
  shown = state
  parts.codes.replaceChildren(...scenes.map(sceneRow), ...codes.map(codeRow), ...links.map(linkRow))
  if (!codes.length && !links.length && !scenes.length) parts.codes.append(el('p.empty', {}, '还没有二维码。网页上出现微信支付或公众号的二维码后会列在这里。'))
}

function build(screen) {
  const field = el('textarea', { rows: 3, 'aria-label': '二维码的内容', placeholder: '把二维码的内容或链接粘贴到这里' })
  const codes = el('div.codes')
  const go = () => {
    const text = field.value.trim()
    if (!text) return toast('请先粘贴二维码的内容')
    field.value = ''
    scan(text)
  }
  screen.append(el('header.bar', {}, el('h1', {}, '扫一扫')),
    el('div.scroll', {}, el('div.box', {}, field, el('button.main.wide', { type: 'button', onclick: go }, '识别')), el('h2', {}, '最近出现的二维码'), codes))
  return { codes }
}

// scan does what WeChat does with a code: pays it, hands an authenticator's QR over, or opens the link.
export function scan(text) {
  if (text.startsWith('weixin://wxpay/')) return payCode(text)
  if (text.startsWith('http://weixin.qq.com/q/')) return follow(text)
  if (text.startsWith('otpauth://')) return enrol(text).catch((error) => toast(error.message))
  if (!/^https?:\/\//.test(text)) return toast('这不是支付码，也不是网址')
  const links = JSON.parse(localStorage.getItem(kept) || '[]').filter((one) => one.text !== text)
  localStorage.setItem(kept, JSON.stringify([{ text, at: Date.now() }, ...links].slice(0, 6)))
  openPage(text)
}

// follow is what WeChat shows for a code of the account: its chat, or first the button to follow it.
function follow(code) {
  const enter = async () => {
    try {
      await act('scan', { code })
      show('wechat')
      openChat()
    } catch (error) {
      toast(error.message)
    }
  }
  if (user().follows) return enter()
  const close = sheet(world.now.account, null, el('p', {}, '公众号'),
    el('button.main.wide', { type: 'button', onclick: () => { close(); enter() } }, '关注公众号'))
}

const states = { NOTPAY: '待支付', SUCCESS: '已支付', CLOSED: '已关闭', REFUND: '已退款' }

function codeRow(bill) {
  return el('button.code', { type: 'button', onclick: () => payCode(bill.CodeURL) },
    el('strong', {}, `支付 ¥${yuan(bill.Fen)}`), el('span', {}, `${bill.Description} · ${states[bill.State] || bill.State}`))
}

function sceneRow(address) {
  return el('button.code', { type: 'button', onclick: () => scan(address) }, el('strong', {}, `关注“${world.now.account}”`), el('span', {}, `公众号的二维码 · ${address.slice(-8)}`))
}

function linkRow({ text, at }) {
  return el('button.code', { type: 'button', onclick: () => scan(text) }, el('strong', {}, '打开链接'), el('span', {}, `${clock(at)} ${text}`))
}
