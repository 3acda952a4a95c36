import { onBeforeUnmount, watch } from 'vue'
import { fetchAttachments, type Attachments } from '@/api/attachments'

const pause = 1500
const most = 12

/** While an identity card is being read, asks now and then what the reader found; a failure waits for the next upload. */
export function useCardReading(stored: () => Attachments | null | undefined, changed: (attachments: Attachments) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function ask() {
    timer = undefined
    if (++asked > most) return
    const answer = await fetchAttachments().catch(() => null)
    if (answer) changed(answer)
  }

  watch(stored, (attachments) => {
    if (!attachments?.kinds.some(({ reading }) => reading)) return void (asked = 0)
    timer ??= setTimeout(() => void ask(), pause)
  }, { deep: true, immediate: true })
  onBeforeUnmount(() => clearTimeout(timer))
}
