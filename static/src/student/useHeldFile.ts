import { onBeforeUnmount, shallowRef } from 'vue'
import type { AttachmentKind, FileStore } from '@/api/attachments'
import { takeFile } from '@/api/handoff'

/** One file that stays in the page until it is handed in together with the rest; `handed` where a phone may take it for a PC. */
export function useHeldFile(paper: () => AttachmentKind, handed = false) {
  const file = shallowRef<Blob | null>(null)
  let url = ''

  function hold(picked: Blob | null): Promise<{ kinds: AttachmentKind[] }> {
    URL.revokeObjectURL(url)
    file.value = picked
    if (!picked) return Promise.resolve({ kinds: [{ ...paper(), files: [] }] })
    url = URL.createObjectURL(picked)
    const kept = { id: url, kind: paper().key, mime: picked.type, bytes: picked.size, width: 0, height: 0, url, created_at: Date.now() }
    return Promise.resolve({ kinds: [{ ...paper(), files: [kept] }] })
  }

  const store: FileStore = { held: true, upload: (_kind, picked) => hold(picked), remove: () => hold(null) }
  if (handed) store.fetch = async () => hold(await takeFile())
  onBeforeUnmount(() => URL.revokeObjectURL(url))

  return { file, store, drop: () => hold(null) }
}
