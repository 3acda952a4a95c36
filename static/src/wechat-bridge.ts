import type { JsapiRequest } from './api/pay'

interface Bridge {
  invoke(name: string, request: unknown, answer: (result: { err_msg: string }) => void): void
}

declare global {
  interface Window {
    WeixinJSBridge?: Bridge
  }
}

const patience = 8000

/** What WeChat's cashier said; a hint only, the truth comes from our server. */
export type CashierAnswer = 'ok' | 'cancel' | 'fail' | 'missing'

/** Opens WeChat's cashier; 'missing' if the bridge does not come. */
export async function payInWeChat(request: JsapiRequest): Promise<CashierAnswer> {
  const bridge = await findBridge()
  if (!bridge) return 'missing'
  return new Promise((resolve) => {
    bridge.invoke('getBrandWCPayRequest', request, ({ err_msg }) => {
      if (/:ok$/.test(err_msg)) resolve('ok')
      else resolve(/:cancel$/.test(err_msg) ? 'cancel' : 'fail')
    })
  })
}

/** WeChat installs its bridge some time after the page has loaded. */
function findBridge(): Promise<Bridge | undefined> {
  if (window.WeixinJSBridge) return Promise.resolve(window.WeixinJSBridge)
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patience)
    document.addEventListener(
      'WeixinJSBridgeReady',
      () => {
        clearTimeout(timer)
        resolve(window.WeixinJSBridge)
      },
      { once: true },
    )
  })
}
