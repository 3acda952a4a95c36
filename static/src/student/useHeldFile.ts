import { onBeforeUnmount, shallowRef } from 'vue'
import type { AttachmentKind, FileStore } from '@/api/attachments'

/** One file that stays in the page until it is handed in together with the rest. */
export function useHeldFile(paper: () => AttachmentKind) {
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
  onBeforeUnmount(() => URL.revokeObjectURL(url))

  return { file, store, drop: () => hold(null) }
}
