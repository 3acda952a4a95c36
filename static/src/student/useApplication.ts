import { computed, nextTick, reactive, ref } from 'vue'
import { useRouter } from 'vue-router'
import { checkApplication, fetchForm, fileApplication, requestApplicationCode, type ApplicationKind, type Draft } from '@/api/application'
import type { ApiError } from '@/api/client'
import { focusFirstWrong } from '@/components/focus'
import { useAction } from '@/components/useAction'
import { useLoad } from '@/components/useLoad'
import { useKept } from '@/form/useKept'
import { session } from '@/session'
import { useCountdown } from './useCountdown'

/** Filling in an application, checking it, proving it by SMS code and handing it in. */
export function useApplication(kind: ApplicationKind) {
  const router = useRouter()
  const draft = reactive<Draft>({ reason: '', discharge: '', text: '', sentence: '', program: '', point: '', signature: '', typed_name: '' })
  // Nothing of an application is with the server before it is handed in.
  const kept = useKept(kind, `${session.me?.name} ${session.me?.phone}`, draft, (all) => ({ ...all, signature: undefined }))
  const { data: form, busy: loading, error: unread, reload } = useLoad(() => kept.restored.then(() => fetchForm(kind, asked(draft))))
  const wrong = reactive<Record<string, string>>({})
  const confirming = ref(false)
  const code = ref('')
  const sent = ref<{ challenge: string; message: string } | null>(null)
  const checking = useAction()
  const sending = useAction()
  const filing = useAction()
  const countdown = useCountdown()
  const identityNeeded = computed(() => unread.value?.reason === 'identity_step_needed')

  /** Leaves the form for the last page once nothing is wrong with it. */
  async function next() {
    clear()
    if (await checking.run(() => checkApplication(kind, draft))) {
      confirming.value = true
      window.scrollTo(0, 0)
      return
    }
    await explain(checking.error.value)
  }

  async function send() {
    wrong.code = ''
    filing.error.value = null
    const went = await sending.run(async () => {
      const answer = await requestApplicationCode(kind, draft)
      sent.value = { challenge: answer.challenge, message: answer.message }
      countdown.start(answer.resend_in)
    })
    if (went) return
    const error = sending.error.value
    if (error?.reason === 'resend_too_early') countdown.start(Number(error.data.resend_in ?? 60))
    await explain(error)
  }

  async function file() {
    wrong.code = sent.value ? (/^\d{6}$/.test(code.value) ? '' : '请输入短信中的 6 位数字。') : '请先点“获取验证码”。'
    if (wrong.code) return focusFirstWrong()
    const went = await filing.run(async () => (session.me = await fileApplication(kind, draft, sent.value!.challenge, code.value)))
    if (went) {
      kept.drop()
      return router.replace('/application')
    }
    await explain(filing.error.value)
  }

  function clear() {
    for (const field of Object.keys(wrong)) delete wrong[field]
  }

  /** Shows a refusal at its field, on the page that has it; what waits already is shown itself. */
  async function explain(error: ApiError | null) {
    if (error?.reason === 'application_open') return router.replace('/application')
    if (!error?.field) return
    if (error.field !== 'code' && error.field !== 'phone') confirming.value = false
    wrong[error.field] = error.message
    for (const action of [checking, sending, filing]) action.error.value = null
    await nextTick()
    await focusFirstWrong()
  }

  return { form, loading, unread, reload, draft, wrong, confirming, code, sent, left: countdown.left, checking, sending, filing, identityNeeded, next, send, file }
}

/** What the server computes the form by: 保留至 by the end of service, the facts by the choice. */
function asked(draft: Draft): Record<string, string> {
  const { discharge, program, point } = draft
  return Object.fromEntries(Object.entries({ discharge, program, point }).filter(([, value]) => value))
}
