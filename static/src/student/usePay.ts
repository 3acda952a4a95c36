import { computed, ref } from 'vue'
import { useRouter } from 'vue-router'
import { checkPayment, fetchBill, pay, type Channel, type Payment } from '@/api/pay'
import { useAction } from '@/components/useAction'
import { useLoad } from '@/components/useLoad'
import { environment } from '@/environment'
import { payInWeChat } from '@/wechat-bridge'
import { useStep } from './useStep'

/** Paying the bill (去缴费) by the channel that fits where the page is open. */
export function usePay() {
  const router = useRouter()
  const { advance } = useStep()
  const { data: bill, busy: loading, error: unread, reload } = useLoad(fetchBill)
  const { busy, error, run } = useAction()
  const payment = ref<Payment | null>(null)
  const told = ref('')

  const channel = computed(() => channelHere(bill.value?.channels ?? []))

  /** The channel of an order that is still being closed; it may be paid all the same where this page can use it. */
  const former = computed(() => {
    const by = error.value?.reason === 'pay_closing' ? (error.value.data.channel as Channel) : undefined
    return bill.value?.channels.find((offered) => offered === by)
  })
  /** An order was begun: the button speaks of going on. */
  const begun = computed(() => Boolean(bill.value?.live || told.value || error.value?.reason === 'pay_upstream'))

  async function start(by: Channel = channel.value || 'native') {
    told.value = ''
    await run(async () => {
      const answer = await pay(by)
      if ('settled' in answer) return void (await advance(answer.me))
      payment.value = answer
      if (answer.jsapi) await useCashier(answer)
      else if (answer.h5_url) location.assign(returning(answer.h5_url, `${location.origin}/#/pay/result`))
    })
    // Paid in another window meanwhile: the result page knows.
    if (error.value?.reason === 'bill_covered') await router.replace('/pay/result')
  }

  async function useCashier(answer: Payment) {
    const said = await payInWeChat(answer.jsapi!)
    if (said === 'missing') told.value = '微信支付没有打开，请从公众号菜单重新进入后再试。'
    else if (said === 'cancel' && (await checkPayment()).state !== 'done') told.value = '您取消了支付。可以随时继续支付，不会重复扣款。'
    else await router.push('/pay/result')
  }

  return { bill, loading, unread, reload, busy, error, payment, told, channel, former, begun, start }
}

/** The channel that fits where the page is open; '' on a phone outside WeChat whose browser cannot pay. */
export function channelHere(offered: Channel[]): Channel | '' {
  if (environment.jsapi && offered.includes('jsapi')) return 'jsapi'
  if (!environment.phone || environment.jsapi) return 'native'
  return offered.includes('h5') ? 'h5' : ''
}

/** WeChat Pay's page for H5 payment, which leads back afterwards; the return proves nothing. */
export function returning(url: string, back: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}redirect_url=${encodeURIComponent(back)}`
}
