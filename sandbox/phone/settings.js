// Settings: who holds the phone, what the face service says, and what goes wrong on purpose.
import { el, toast } from './dom.js'
import { act, hold, person, user, world } from './world.js'
import { students } from './guide.js'

const outcomes = {
  '': '按演示表', pass: '是本人，通过', mismatch: '不是本人', low: '相似度偏低', no_record: '库中没有照片',
  unknown_type: '库中没有这个号码', down: '服务不可用', down_twice: '前两次不可用', fake: '疑似翻拍', many: '不止一张脸', blurred: '照片模糊', busy: '服务繁忙',
}

const troubles = [
  { text: '支付通知丢失', fault: { path: 'notice', kind: 'drop' } },
  { text: '支付通知晚到 30 秒', fault: { path: 'notice', kind: 'delay', delay_ms: 30000 } },
  { text: '支付通知同时发 5 份', fault: { path: 'notice', kind: 'duplicate', copies: 5 } },
  { text: '微信支付下单无应答', fault: { path: '/v3/pay/transactions/jsapi', kind: 'drop' } },
  { text: '微信支付查单繁忙', fault: { path: '/out-trade-no/', kind: 'error', code: 'SYSTEM_ERROR' } },
  { text: '模板消息发不出去', fault: { path: '/cgi-bin/message/template/send', kind: 'error', code: '-1' } },
  { text: '短信发不出去', fault: { path: 'SendSms', kind: 'error', code: 'InternalError' } },
  { text: '人脸核验很慢（8 秒）', fault: { path: 'ImageRecognition', kind: 'delay', delay_ms: 8000 } },
]

let shown = ''

export function drawSettings(screen) {
  if (!world.now) return
  const state = JSON.stringify([world.holder, world.now.users, world.now.people, world.now.faults])
  if (state === shown) return
  shown = state
  const top = screen.querySelector('.scroll')?.scrollTop || 0
  screen.replaceChildren(el('header.bar', {}, el('h1', {}, '设置')),
    el('div.scroll', {}, holderPart(), accountPart(), facePart(), troublePart(), el('div.narrow-only', {}, students())))
  screen.querySelector('.scroll').scrollTop = top
}

function holderPart() {
  const select = el('select', { 'aria-label': '手机在谁手里', onchange: () => hold(select.value) },
    ...world.now.users.map((one) => el('option', { value: one.key, selected: one.key === world.holder }, person(one.key) ? `${one.key} ${one.name}` : one.name)))
  return el('section', {}, el('h2', {}, '手机在谁手里'), select,
    el('p.hint', {}, '每位微信用户有自己的一台手机：聊天、登录状态互不相通。换成“家长”可以代付。'))
}

function accountPart() {
  const me = user()
  const box = (text, name) => el('label.row', {}, text, el('input', { type: 'checkbox', checked: me[name],
    onchange: (event) => change({ follows: me.follows, blocks: me.blocks, snapshot: me.snapshot, [name]: event.target.checked }) }))
  return el('section', {}, el('h2', {}, `${me.name}与公众号`), box('已关注公众号', 'follows'), box('拒收公众号消息', 'blocks'), box('只看到快照页（预览）', 'snapshot'))
}

async function change(flags) {
  try {
    if (flags.follows !== user().follows) await act('follow', { follows: flags.follows })
    else await act('user', flags)
  } catch (error) {
    toast(error.message)
  }
}

function facePart() {
  return el('section', {}, el('h2', {}, '人脸核验的结果'), ...world.now.people.map((one) => {
    const select = el('select', { 'aria-label': `${one.name}的人脸核验结果`,
      onchange: () => act('outcome', { idNumber: one.idNumber, outcome: select.value }).catch((error) => toast(error.message)) },
      ...['', ...world.now.outcomes].map((value) => el('option', { value, selected: value === (one.outcome || '') }, outcomes[value] || value)))
    return el('label.row', {}, `${one.id} ${one.name}`, select)
  }))
}

function troublePart() {
  const now = world.now.faults || []
  const set = ({ fault }) => now.find((one) => one.path === fault.path && one.kind === fault.kind)
  const turn = (trouble) => {
    const old = set(trouble)
    const done = old ? act('calm', { fault: { id: old.id } }) : act('trouble', { fault: trouble.fault })
    return done.catch((error) => toast(error.message))
  }
  return el('section', {}, el('h2', {}, '故意出的差错'),
    ...troubles.map((one) => el('label.row', {}, one.text, el('input', { type: 'checkbox', checked: Boolean(set(one)), onchange: () => turn(one) }))),
    el('p.hint', {}, '勾选后一直有效，直到取消勾选。'))
}
