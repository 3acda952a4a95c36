import { computed, onBeforeUnmount, reactive, watch } from 'vue'
import type { Attachments, Proof } from '@/api/attachments'
import { useAction } from '@/components/useAction'

const pause = 800

/** What the proof carries; saves itself a moment after the last key, and at once when `flush` is called. */
export function useProof(
  stored: () => Proof, changed: (attachments: Attachments) => void,
  save: (kind: string, code: string, validUntil: string) => Promise<Attachments>,
) {
  const { kind, code, valid_until } = stored()
  const proof = reactive({ kind, code, valid_until })
  const { busy, error, run } = useAction()
  const sort = computed(() => stored().kinds.find((one) => one.code === proof.kind))
  let timer: ReturnType<typeof setTimeout> | undefined
  let dirty = false

  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    if (!dirty) return true
    dirty = false
    const saved = await run(async () => changed(await save(proof.kind, proof.code, proof.valid_until)))
    if (!saved) dirty = true
    return saved
  }

  watch(proof, () => {
    dirty = true
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), pause)
  })
  onBeforeUnmount(() => void flush())

  return { proof, sort, busy, error, flush }
}
