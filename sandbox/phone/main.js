// The phone: a dock of six apps, one screen each.
import { byId, clock, el } from './dom.js'
import { world, onChange, refresh, user } from './world.js'
import { drawWeChat } from './chat.js'
import { drawSMS } from './sms.js'
import { drawAlbum } from './album.js'
import { drawScan, scan } from './scan.js'
import { drawAuthenticator } from './authenticator.js'
import { drawSettings } from './settings.js'
import { drawGuide } from './guide.js'
import { watchArrivals } from './banner.js'
import { show, onShow } from './dock.js'
import { closePage, tryHosts } from './webview.js'

let holder = world.holder

onShow('wechat', drawWeChat)
onShow('sms', drawSMS)
onShow('album', drawAlbum)
onShow('scan', drawScan)
onShow('authenticator', drawAuthenticator)
onShow('settings', drawSettings)

onChange((now) => {
  if (holder !== world.holder) {
    holder = world.holder
    closePage()
  }
  byId('holder-short').textContent = `${user().name}的手机`
  drawGuide()
  watchArrivals(now)
})

function tick() {
  byId('clock').textContent = clock()
}

async function poll() {
  tick()
  try {
    await refresh()
    byId('lost')?.remove()
  } catch {
    if (!byId('lost')) byId('sheets').before(el('div.lost', { id: 'lost', role: 'alert' }, '沙箱没有应答，正在重新连接…'))
  }
  setTimeout(poll, 1000)
}

// start opens a page named by ?open=, as 在沙箱手机中打开 on the site's pages does.
async function start() {
  await Promise.all([poll(), tryHosts()])
  show('wechat')
  const open = new URLSearchParams(location.search).get('open')
  if (!open) return
  history.replaceState(null, '', '/phone/')
  scan(open)
}

start()
