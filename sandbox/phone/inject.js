// Plays the WeChat client inside a page of the site. The sandbox's proxy puts it in front of
// all other scripts of a page and fills in the user agent; the phone's page around the frame
// does what the page asks for. Outside the frame it can only say that there is no phone.
(() => {
  const userAgent = '%userAgent%'
  const phone = window.top === window ? null : window.top
  const answers = new Map()
  let asked = 0

  Object.defineProperty(Navigator.prototype, 'userAgent', { get: () => userAgent, configurable: true })
  Object.defineProperty(Navigator.prototype, 'userAgentData', { get: () => undefined, configurable: true })

  function tell(message) {
    if (phone) phone.postMessage({ sandbox: true, ...message }, '*')
  }

  function ask(message) {
    return new Promise((resolve) => {
      asked += 1
      answers.set(asked, resolve)
      tell({ ...message, id: asked })
    })
  }

  window.addEventListener('message', (event) => {
    if (!phone || event.source !== phone || !event.data.sandbox) return
    const { what, id, value } = event.data
    if (what === 'answer' && answers.has(id)) {
      answers.get(id)(value)
      answers.delete(id)
    }
    if (what === 'back') history.back()
    if (what === 'reload') location.reload()
    if (what === 'code') fillCode(value)
  })

  // --- WeixinJSBridge: late, as in the real client ---

  const payRequest = 'getBrandWCPayRequest'
  const bridge = {
    invoke(name, params, callback = () => {}) {
      if (name === payRequest && !phone) return callback({ err_msg: 'get_brand_wcpay_request:fail', err_desc: 'no phone' })
      if (name === payRequest) return void ask({ what: 'pay', params }).then((err) => callback({ err_msg: `get_brand_wcpay_request:${err}` }))
      if (name === 'closeWindow') tell({ what: 'close' })
      callback({ err_msg: `${name}:ok` })
    },
    call(name) { bridge.invoke(name, {}) },
    on() {},
    publish() {},
    log() {},
  }
  setTimeout(() => {
    window.WeixinJSBridge = bridge
    document.dispatchEvent(new Event('WeixinJSBridgeReady'))
  }, 50)

  // --- title and address for the bar above the page ---

  function report() {
    if (window.parent === phone) tell({ what: 'page', title: document.title, url: location.href })
  }
  for (const name of ['hashchange', 'popstate', 'pageshow']) window.addEventListener(name, report)
  document.addEventListener('DOMContentLoaded', () => {
    report()
    new MutationObserver(report).observe(document.head, { childList: true, subtree: true, characterData: true })
  })

  // --- a computer's scroll bars are too wide for a phone ---

  if (phone && 'adoptedStyleSheets' in document) {
    const thin = new CSSStyleSheet()
    thin.replaceSync('html { scrollbar-width: thin }')
    document.adoptedStyleSheets = [thin]
  }

  // --- links stay in the webview ---

  document.addEventListener('click', (event) => {
    const link = event.target.closest && event.target.closest('a[href]')
    if (!link || !phone) return
    if (/^(tel|mailto|sms):/.test(link.href)) {
      event.preventDefault()
      tell({ what: 'dial', url: link.href })
    } else if (link.target === '_blank') {
      link.target = '_self'
    }
  }, true)

  // --- pictures come from the phone's album, its camera, or the computer ---

  const clickOnComputer = HTMLInputElement.prototype.click

  function isFileInput(node) {
    return node instanceof HTMLInputElement && node.type === 'file'
  }

  async function choose(input) {
    const files = await ask({ what: 'choose', accept: input.accept, multiple: input.multiple, camera: input.hasAttribute('capture') })
    if (!files || !files.length) {
      input.dispatchEvent(new Event('cancel', { bubbles: true }))
      return
    }
    const chosen = new DataTransfer()
    for (const file of files) chosen.items.add(new File([file], file.name, { type: file.type, lastModified: Date.now() }))
    input.files = chosen.files
    input.dispatchEvent(new Event('input', { bubbles: true }))
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }

  if (phone) {
    document.addEventListener('click', (event) => {
      if (!isFileInput(event.target) || event.target.disabled) return
      event.preventDefault()
      choose(event.target)
    }, true)
    HTMLInputElement.prototype.click = function click() {
      if (isFileInput(this) && !this.isConnected && !this.disabled) choose(this)
      else clickOnComputer.call(this)
    }
  }

  // --- a code from an SMS, as a phone's keyboard offers it ---

  function fillCode(code) {
    const input = document.querySelector('input[autocomplete="one-time-code"]') || document.querySelector('input[inputmode="numeric"][maxlength="6"]')
    if (!input) return
    input.scrollIntoView({ block: 'center' })
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, code)
    input.dispatchEvent(new Event('input', { bubbles: true }))
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }
})()
