// The dock at the bottom: which app is in front.
import { byId, el } from './dom.js'
import { onChange } from './world.js'

const apps = [
  { key: 'wechat', name: '微信', icon: '<path d="M4 6.5h13a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-6l-4 3v-3H4a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z"/><circle cx="7.5" cy="12" r="1.1"/><circle cx="13.5" cy="12" r="1.1"/>' },
  { key: 'sms', name: '短信', icon: '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3.5 6.5 12 13l8.5-6.5"/>' },
  { key: 'album', name: '相册', icon: '<rect x="3" y="4" width="18" height="16" rx="2"/><path d="m4 18 5.5-6 4 4 2.5-2.5 4 4.5"/><circle cx="16" cy="9" r="1.6"/>' },
  { key: 'scan', name: '扫一扫', icon: '<path d="M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M3 12h18"/>' },
  { key: 'authenticator', name: '验证器', icon: '<path d="M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6z"/><path d="M9.5 11.5l2 2 3.5-4"/>' },
  { key: 'settings', name: '设置', icon: '<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2"/>' },
]
const draw = {}
const unread = {}
let front = 'wechat'

// onShow names what draws an app's screen, at its opening and at every change.
export function onShow(key, drawer) {
  draw[key] = drawer
}

// inFront is the app that is open now.
export function inFront() {
  return front
}

// show opens an app.
export function show(key) {
  if (front !== key) byId('banner').hidden = true
  front = key
  unread[key] = 0
  for (const app of apps) byId(`screen-${app.key}`).hidden = app.key !== key
  drawDock()
  draw[key](byId(`screen-${key}`))
}

// mark counts something new in an app that is not in front.
export function mark(key) {
  if (front === key) return
  unread[key] = (unread[key] || 0) + 1
  drawDock()
}

function drawDock() {
  byId('dock').replaceChildren(...apps.map((app) => {
    const icon = el('span.icon', { 'aria-hidden': 'true' })
    icon.innerHTML = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">${app.icon}</svg>`
    return el('button', { type: 'button', onclick: () => show(app.key), 'aria-current': front === app.key ? 'page' : null },
      icon, el('span', {}, app.name),
      unread[app.key] ? el('span.badge', { 'aria-label': `${unread[app.key]} 条新消息` }, String(unread[app.key])) : null)
  }))
}

onChange(() => draw[front](byId(`screen-${front}`)))
