import { computed, ref, shallowRef } from 'vue'
import type { AttachmentKind, FileStore } from '@/api/attachments'
import { useAction } from '@/components/useAction'
import type { Crop } from '@/photo/crop'
import { fileSize } from '@/photo/fit'
import type { Picture } from '@/photo/picture'
import { asItIs, cutOut, decode, needsCrop, prepare, type Prepared } from '@/photo/prepare'

/** The server takes no more, so that nobody waits for a video to be sent in vain. */
const largest = 10 << 20

/** Picking, cropping, shrinking and sending the files of one kind. */
export function useUpload(kind: () => AttachmentKind, store: FileStore, changed: (kept: { kinds: AttachmentKind[] }) => void) {
  const { busy, error, run } = useAction()
  const stage = ref<'' | 'preparing' | 'sending'>('')
  const share = ref(0)
  const done = ref('')
  const refusal = ref('')
  const cropping = shallowRef<Picture | null>(null)
  let picked: File | null = null
  let ready: Prepared | null = null
  let turns = 0

  const full = computed(() => kind().max_files > 1 && kind().files.length >= kind().max_files)
  /** No answer, or one that has nothing to do with the file. */
  const canRetry = computed(() => Boolean(error.value && (error.value.status === 0 || error.value.status >= 500)))
  /** The last picture is still at hand, so it can be turned and sent again. */
  const canTurn = ref(false)

  async function pick(event: Event) {
    const input = event.target as HTMLInputElement
    const file = input.files?.[0]
    input.value = ''
    if (!file || busy.value) return
    ;[picked, turns, ready, canTurn.value] = [file, 0, null, false]
    error.value = null
    done.value = refusal.value = ''
    if (needsCrop(kind())) return openCrop(file)
    await make(() => prepare(file, kind()))
  }

  async function openCrop(file: File) {
    stage.value = 'preparing'
    const picture = await decode(file)
    stage.value = ''
    // What the browser cannot read the server explains.
    if (!picture) return make(async () => asItIs(file))
    cropping.value = picture
  }

  async function crop(cut: Crop) {
    const picture = cropping.value!
    cropping.value = null
    await make(() => cutOut(picture, cut, kind()))
    picture.release()
  }

  function cancelCrop() {
    cropping.value?.release()
    cropping.value = null
  }

  async function make(work: () => Promise<Prepared>) {
    stage.value = 'preparing'
    try {
      ready = await work()
    } catch {
      refusal.value = '这张照片无法处理，请换一张或重新拍摄。'
      stage.value = ''
      return
    }
    await send()
  }

  async function send() {
    const file = ready!
    if (file.file.size > largest) {
      refusal.value = `文件太大（${fileSize(file.file.size)}），上限 ${fileSize(largest)}，请换一个。`
      stage.value = ''
      return
    }
    stage.value = 'sending'
    share.value = 0
    let kept = 0
    const sent = await run(async () => {
      const answer = await store.upload(kind().key, file.file, (part) => (share.value = part))
      kept = answer.kinds.find((one) => one.key === kind().key)?.files.slice(-1)[0]?.bytes ?? 0
      changed(answer)
    })
    stage.value = ''
    if (!sent) return
    done.value = store.held ? '已选好，提交申请时一并上传。' : file.done(kept)
    canTurn.value = kind().max_files === 1 && !needsCrop(kind()) && picked?.type !== 'application/pdf'
  }

  function turn() {
    turns += 1
    return make(() => prepare(picked!, kind(), turns % 4))
  }

  async function remove(id: string) {
    const gone = await run(async () => changed(await store.remove!(id)))
    if (gone) [done.value, canTurn.value] = ['', false]
  }

  return { busy, error, stage, share, done, refusal, cropping, full, canRetry, canTurn, pick, crop, cancelCrop, retry: send, turn, remove }
}
