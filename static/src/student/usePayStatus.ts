import { computed, onBeforeUnmount, ref } from 'vue'
import { checkPayment, fetchPayStatus, type PayStatus } from '@/api/pay'
import { useAction } from '@/components/useAction'
import { loadMe } from '@/session'

const pause = 3000

/** Follows a payment: asks the server every three seconds while the page is seen, and at once by 刷新结果. */
export function usePayStatus(settled: () => void) {
  const status = ref<PayStatus | null>(null)
  const { busy, error, run } = useAction()
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  const waiting = computed(() => !status.value || ['unpaid', 'confirming', 'paid_number_pending'].includes(status.value.state))

  async function ask(question: () => Promise<PayStatus>) {
    await run(async () => {
      status.value = await question()
      if (status.value.state === 'done') await loadMe()
    })
    if (left) return
    if (status.value?.state === 'done' && !error.value) return settled()
    if (waiting.value) timer = setTimeout(poll, pause)
  }

  function poll() {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(poll, pause)
    else void ask(fetchPayStatus)
  }

  /** 我已支付，刷新结果: the server asks WeChat Pay now. */
  function refresh() {
    clearTimeout(timer)
    return ask(checkPayment)
  }

  onBeforeUnmount(() => {
    left = true
    clearTimeout(timer)
  })
  poll()

  return { status, waiting, busy, error, refresh }
}
