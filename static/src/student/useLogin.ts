import { computed, reactive, ref, shallowRef, type Component } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { ApiError } from '@/api/client'
import { fetchCaptcha, login, requestCode } from '@/api/login'
import { focusFirstWrong } from '@/components/focus'
import { useAction } from '@/components/useAction'
import { environment } from '@/environment'
import { idNumberProblem, normalizeIdNumber } from '@/id-number'
import { session } from '@/session'
import { dropCode, keepCode, keptCode } from './kept-code'
import { wanted } from './wanted'
import { useCountdown } from './useCountdown'

export const idTypes = [
  { code: 'id_card', text: '居民身份证' },
  { code: 'hk_macao_residence', text: '港澳居民居住证' },
  { code: 'taiwan_residence', text: '台湾居民居住证' },
  { code: 'hk_macao_permit', text: '港澳居民来往内地通行证' },
  { code: 'taiwan_permit', text: '台湾居民来往大陆通行证' },
  { code: 'passport', text: '护照' },
  { code: 'foreign_pr', text: '外国人永久居留证' },
  { code: 'officer', text: '军官证' },
]

/** A code on its way, and what was typed when it was asked for. */
interface Sent { challenge: string; to: string; message: string }

type Field = 'id_number' | 'name' | 'phone' | 'captcha' | 'code'

/** Logging in: a code is sent to the phone, then code and name are proven together. */
export function useLogin() {
  const route = useRoute()
  const router = useRouter()
  const form = reactive({ id_type: 'id_card', id_number: '', name: '', phone: '', captcha: '', code: '' })
  const wrong = reactive<Partial<Record<Field, string>>>({})
  const captcha = ref<{ captcha_id: string; image: string } | null>(null)
  /** What else one may do about a name that does not fit; loaded when it is needed. */
  const unnamed = shallowRef<Component>()
  /** 仍未收到？, once a code was asked for. */
  const trouble = shallowRef<Component>()
  const asked = ref(false)
  const sent = ref<Sent | null>(null)
  const countdown = useCountdown()
  const sending = useAction()
  const entering = useAction()
  const picturing = useAction()
  const recipient = computed(() => `${form.id_type} ${form.id_number} ${form.phone}`)

  /** A code that was asked for before the phone killed the page is offered, whoever holds the phone now. */
  const kept = ref(environment.phone ? keptCode() : null)
  const offer = shallowRef<Component>()
  if (kept.value) void import('./KeptCode.vue').then((file) => (offer.value = file.default))
  /** Only name and code are still to be typed. */
  const resumed = ref(false)

  function resume() {
    const { challenge, message } = kept.value!
    sent.value = { challenge, to: recipient.value, message }
    resumed.value = true
    kept.value = null
  }

  function forget() {
    kept.value = dropCode()
  }

  /** Meant for every keystroke; the full number is judged when it is complete or the field is left. */
  function typeIdNumber(text: string) {
    form.id_number = normalizeIdNumber(text)
    wrong.id_number = form.id_number.length === 18 ? problemOf('id_number') : ''
  }

  function problemOf(field: Field): string {
    if (resumed.value && (field === 'id_number' || field === 'phone')) return ''
    if (field === 'id_number' && !/card|dence/.test(form.id_type)) return form.id_number ? '' : '请输入证件号码。'
    if (field === 'id_number') return idNumberProblem(form.id_number)
    if (field === 'name') return form.name.trim() ? '' : '请输入姓名。'
    if (field === 'phone') return /^(\+\d{6,15}|1\d{10})$/.test(form.phone) ? '' : '请输入 11 位手机号；境外号码请以 + 和国家（地区）代码开头。'
    if (field === 'captcha') return !captcha.value || form.captcha ? '' : '请输入图中的 5 位数字。'
    if (!sent.value) return '请先点“获取验证码”。'
    if (sent.value.to !== recipient.value) return '证件号码或手机号已修改，请重新获取验证码。'
    return /^\d{6}$/.test(form.code) ? '' : '请输入短信中的 6 位数字。'
  }

  /** Says what is wrong with a field that was left, but not before the tap that left it has reached its button. */
  function leave(field: 'id_number' | 'phone') {
    setTimeout(() => (wrong[field] = form[field] ? problemOf(field) : ''), 200)
  }

  /** Marks what is wrong among the fields and goes to the first; true when nothing is. */
  function check(...fields: Field[]): boolean {
    for (const field of fields) wrong[field] = problemOf(field)
    if (!fields.some((field) => wrong[field])) return true
    void focusFirstWrong()
    return false
  }

  async function send() {
    entering.error.value = null
    resumed.value = false
    if (countdown.left.value > 0 || !check('id_number', 'phone', 'captcha')) return
    asked.value = true
    const to = recipient.value
    const hadPicture = captcha.value !== null
    const went = await sending.run(async () => {
      const { id_type, id_number, phone } = form
      const proof = captcha.value ? { captcha_id: captcha.value.captcha_id, captcha: form.captcha } : {}
      const answer = await requestCode({ id_type, id_number, phone, ...proof })
      sent.value = { challenge: answer.challenge, to, message: answer.message }
      if (environment.phone) keepCode({ challenge: answer.challenge, message: answer.message, tail: phone.slice(-4), until: Date.now() + answer.expires_in * 1000 })
      kept.value = null
      wrong.code = ''
      captcha.value = null
      countdown.start(answer.resend_in)
    })
    if (went) return
    await explain(sending.error.value)
    // Every answer uses a picture up, so the next attempt needs another.
    if (hadPicture) await showCaptcha()
  }

  async function enter() {
    sending.error.value = null
    if (!check('id_number', 'name', 'phone', 'code')) return
    const went = await entering.run(async () => {
      session.me = await login(sent.value!.challenge, form.name.trim(), form.code)
      if (session.school) session.school.logged_in = true
    })
    if (!went) return explain(entering.error.value)
    forget()
    await router.replace(wanted(route) || '/home')
  }

  /** Shows a refusal at its field, with the picture where the server wants one. */
  async function explain(error: ApiError | null) {
    if (!error) return
    if (error.reason === 'captcha_required') await showCaptcha()
    if (error.reason === 'resend_too_early') countdown.start(Number(error.data.resend_in ?? 60))
    if (error.reason === 'name_mismatch') unnamed.value = (await import('./NameMismatch.vue')).default
    if (!isField(error.field)) return
    wrong[error.field] = error.message
    sending.error.value = entering.error.value = null
    await focusFirstWrong()
  }

  const showTrouble = async () => (trouble.value = (await import('./CodeTrouble.vue')).default)

  async function showCaptcha() {
    form.captcha = ''
    await picturing.run(async () => (captcha.value = await fetchCaptcha()))
  }

  return { form, wrong, kept, offer, resumed, resume, forget, unnamed, trouble, asked, showTrouble, captcha, sent, left: countdown.left, sending, entering, picturing, typeIdNumber, leave, send, enter, showCaptcha }
}

function isField(name: string): name is Field {
  return ['id_number', 'name', 'phone', 'captcha', 'code'].includes(name)
}
