import { computed, nextTick, reactive, ref } from 'vue'
import { fetchCorrections, fileCorrection, withdrawCorrection, type CorrectionForm } from '@/api/correction'
import { focusFirstWrong } from '@/components/focus'
import { useAction } from '@/components/useAction'
import { useLoad } from '@/components/useLoad'
import { useKept } from '@/form/useKept'
import { loadMe, session } from '@/session'
import { useHeldFile } from './useHeldFile'

/** Asking for one fact of the roster to be put right, and what became of it. */
export function useCorrection() {
  const draft = reactive({ field: '', value: '', id_type: 'id_card', note: '' })
  const { restored } = useKept('correction', `${session.me?.name} ${session.me?.phone}`, draft)
  const { data: form, busy: loading, error: unread, reload } = useLoad(fetch)
  const { busy, error, run } = useAction()
  const wrong = reactive<Record<string, string>>({})
  const told = ref('')
  const held = useHeldFile(() => form.value!.paper, true)

  const field = computed(() => form.value?.fields.find((one) => one.key === draft.field))
  /** Which fact is disputed; another one has another right value. */
  const chosen = computed({ get: () => draft.field, set: (key) => Object.assign(draft, { field: key, value: '' }) })

  async function file() {
    told.value = ''
    for (const name of Object.keys(wrong)) delete wrong[name]
    if (!field.value) wrong.field = '请选择要更正的项目。'
    else if (!draft.value.trim()) wrong.value = '请填写或选择正确的内容。'
    if (!held.file.value) wrong.picture = '请上传证明材料。'
    if (Object.keys(wrong).length > 0) return focusFirstWrong()
    const waits = field.value!.blocks
    const filed = await run(async () => settle(await fileCorrection(draft, held.file.value!)))
    if (!filed) return explain()
    told.value = waits ? '申请已提交。老师处理后会通知您，再继续办理。' : '申请已提交，结果会通知您。您可以继续办理。'
    Object.assign(draft, { field: '', value: '', id_type: 'id_card', note: '' })
    await held.drop()
  }

  const withdraw = (id: string) => run(async () => settle(await withdrawCorrection(id)))

  /** A decision that came meanwhile has moved the student's way too. */
  async function fetch(): Promise<CorrectionForm> {
    const [answer] = await Promise.all([fetchCorrections(), loadMe(), restored])
    return answer
  }

  /** Keeps the answer, and what follows from it for the student's way. */
  async function settle(answer: CorrectionForm) {
    form.value = answer
    await loadMe()
  }

  async function explain() {
    if (!error.value?.field) return
    wrong[error.value.field] = error.value.message
    error.value = null
    await nextTick()
    await focusFirstWrong()
  }

  return { form, loading, unread, reload, busy, error, draft, wrong, told, chosen, field, store: held.store, file, withdraw }
}
