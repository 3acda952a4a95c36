// Beside the phone on a wide screen: how it works, and the demo students to copy from.
import { byId, copyButton, el } from './dom.js'
import { hold, world } from './world.js'

let shown = ''

export function drawGuide() {
  const state = JSON.stringify([world.holder, world.now.people, world.now.site])
  if (state === shown) return
  shown = state
  const top = byId('guide').scrollTop
  byId('guide').replaceChildren(
    el('h1', {}, '沙箱手机'),
    el('p', {}, '这台手机里的微信、短信、微信支付和人脸核验都是模拟的，不连外网，不花钱，不发真短信。'),
    el('ol', {}, el('li', {}, '在“微信”里点公众号，打开菜单“新生服务”。'),
      el('li', {}, '用下面任一位演示学生的证件号码、姓名和手机号登录。'),
      el('li', {}, '验证码到“短信”里看；上传材料时从“相册”选。')),
    el('p', {}, '网站地址 ', el('a', { href: world.now.site, target: '_blank', rel: 'noopener' }, world.now.site), '，可在电脑浏览器中另外打开。'),
    students())
  byId('guide').scrollTop = top
}

// students is the table of demo persons with what the login asks for, and a way to take up each one's phone.
export function students() {
  return el('section.students', {}, el('h2', {}, '演示学生'), ...world.now.people.map(student))
}

function student(one) {
  const mine = one.id === world.holder
  const value = (label, text) => el('p', {}, el('span.value', {}, `${label} ${text}`), copyButton(text, '复制', `${label}已复制`))
  return el('article', {},
    el('h3', {}, `${one.id} ${one.name}`, mine ? el('span.mark', {}, '手机在用')
      : el('button.small', { type: 'button', onclick: () => hold(one.id) }, '换用这位的手机')),
    value('姓名', one.name), value(one.idType || '身份证', one.idNumber), value('手机', one.phone))
}
