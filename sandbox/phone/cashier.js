// The cashier sheet: what a payment looks like in WeChat.
import { el, sheet, yuan } from './dom.js'
import { act, user } from './world.js'

// payInPage is getBrandWCPayRequest: it verifies what the page handed over as WeChat does, asks the
// owner, and resolves to ok, cancel or fail.
export async function payInPage(params) {
  try {
    return await cashier(await act('sheet', { sheet: params }))
  } catch (error) {
    return refused(error.message)
  }
}

// payCode pays a scanned code of WeChat Pay.
export async function payCode(code) {
  try {
    return await cashier(await act('code', { code }))
  } catch (error) {
    return refused(error.message)
  }
}

function cashier(bill) {
  return new Promise((resolve) => {
    const problem = el('p.problem', { role: 'alert', hidden: true })
    const button = el('button.main.wide', { type: 'button', onclick: pay }, '立即支付')
    const cancel = () => {
      act('cancel', { outTradeNo: bill.OutTradeNo }).catch(() => {})
      resolve('cancel')
    }
    const close = sheet('微信支付（沙箱，不花钱）', cancel,
      el('p.payee', {}, bill.Payee),
      el('p.amount', {}, el('small', {}, '¥'), yuan(bill.Fen)),
      el('dl.rows', {},
        el('dt', {}, '商品'), el('dd', {}, bill.Description),
        el('dt', {}, '付款人'), el('dd', {}, user().name),
        el('dt', {}, '商户单号'), el('dd', {}, bill.OutTradeNo)),
      problem, button,
      el('button.plain.wide', { type: 'button', onclick: () => { close(); cancel() } }, '取消'))
    button.focus({ preventScroll: true })

    async function pay() {
      button.disabled = true
      try {
        await act('pay', { outTradeNo: bill.OutTradeNo })
        close()
        paid(bill, resolve)
      } catch (error) {
        button.disabled = false
        problem.textContent = error.message
        problem.hidden = false
      }
    }
  })
}

function paid(bill, resolve) {
  const done = () => { close(); resolve('ok') }
  const button = el('button.main.wide', { type: 'button', onclick: done }, '完成')
  const close = sheet('支付成功', () => resolve('ok'),
    el('p.tick', { 'aria-hidden': 'true' }, '✓'),
    el('p.payee', {}, bill.Payee), el('p.amount', {}, el('small', {}, '¥'), yuan(bill.Fen)), button)
  button.focus({ preventScroll: true })
}

function refused(reason) {
  return new Promise((resolve) => {
    const close = sheet('不能支付', () => resolve('fail'),
      el('p.problem', { role: 'alert' }, reason),
      el('button.main.wide', { type: 'button', onclick: () => { close(); resolve('fail') } }, '知道了'))
  })
}
