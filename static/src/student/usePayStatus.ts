import { computed, onBeforeUnmount, ref } from 'vue'
import { checkPayment, fetchFavour, fetchPayStatus, type PayStatus } from '@/api/pay'
import { useAction } from '@/components/useAction'
import { loadMe } from '@/session'

const pause = 3000

type Stand = Pick<PayStatus, 'state' | 'state_name' | 'live'>

/** How to ask, and what to do with a payment that is through. */
interface Questions {
  fetch: () => Promise<Stand>
  check: () => Promise<Stand>
  done: () => Promise<unknown>
}

const own: Questions = { fetch: fetchPayStatus, check: checkPayment, done: loadMe }

/** The questions of who pays for somebody else: nobody is logged in there. */
export function favourQuestions(token: string): Questions {
  const fetch = () => fetchFavour(token)
  return { fetch, check: fetch, done: async () => {} }
}

/** Follows a payment: asks the server every three seconds while the page is seen, and at once by 刷新结果. */
export function usePayStatus(settled: () => void, questions: Questions = own) {
  const status = ref<Stand | null>(null)
  const { busy, error, run } = useAction()
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  const waiting = computed(() => !status.value || ['unpaid', 'confirming', 'paid_number_pending'].includes(status.value.state))

  async function ask(question: () => Promise<Stand>) {
    await run(async () => {
      status.value = await question()
      if (status.value.state === 'done') await questions.done()
    })
    if (left) return
    if (status.value?.state === 'done' && !error.value) return settled()
    if (waiting.value) timer = setTimeout(poll, pause)
  }

  function poll() {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(poll, pause)
    else void ask(questions.fetch)
  }

  /** 我已支付，刷新结果: the server asks WeChat Pay now. */
  function refresh() {
    clearTimeout(timer)
    return ask(questions.check)
  }

  onBeforeUnmount(() => {
    left = true
    clearTimeout(timer)
  })
  poll()

  return { status, waiting, busy, error, refresh }
}
