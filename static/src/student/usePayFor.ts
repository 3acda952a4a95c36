import { computed, ref } from 'vue'
import { useRoute } from 'vue-router'
import { fetchFavour, payFor, type Favour, type Payment } from '@/api/pay'
import { useAction } from '@/components/useAction'
import { useLoad } from '@/components/useLoad'
import { payInWeChat } from '@/wechat-bridge'
import { channelHere, returning } from './usePay'

/** Paying somebody else's bill (代付) by the channel that fits where the page is open. */
export function usePayFor(token: string) {
  const { data: favour, busy: loading, error: unread, reload } = useLoad<Favour>(() => fetchFavour(token))
  const { busy, error, run } = useAction()
  const payment = ref<Payment | null>(null)
  const told = ref('')
  /** The cashier said ok, or H5 payment led back here: only the server knows. */
  const asking = ref(useRoute().query.back === '1')

  const channel = computed(() => channelHere(favour.value?.channels ?? []))

  async function start() {
    told.value = ''
    await run(async () => {
      const answer = (payment.value = await payFor(token, channel.value || 'native'))
      if (answer.jsapi) await useCashier(answer)
      else if (answer.h5_url) location.assign(returning(answer.h5_url, `${location.origin}/#/pay-for?t=${token}&back=1`))
    })
    if (error.value?.reason === 'bill_covered') await reload()
  }

  async function useCashier(answer: Payment) {
    const said = await payInWeChat(answer.jsapi!)
    if (said === 'missing') told.value = '微信支付没有打开，请关闭本页，从收到的链接重新进入后再试。'
    else if (said === 'cancel') await cancelled()
    else asking.value = true
  }

  async function cancelled() {
    favour.value = await fetchFavour(token)
    if (favour.value.state !== 'done') told.value = '您取消了支付。可以随时继续支付，不会重复扣款。'
  }

  return { favour, loading, unread, reload, busy, error, payment, told, asking, channel, start }
}
