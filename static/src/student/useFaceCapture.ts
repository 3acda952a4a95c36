import { nextTick, onBeforeUnmount, onMounted, ref, shallowRef, type Ref } from 'vue'
import { cameraWords, closeCamera, failureOf, openCamera } from '@/face/camera'
import { createGuide, searching, type Box } from '@/face/guide'
import { shoot, shrink } from '@/face/shot'

const pauseBetweenLooks = 120
const patience = 8000

/** Taking one picture of a face: by guidance, by the shutter, or by a file. `taken` gets each picture. */
export function useFaceCapture(video: Readonly<Ref<HTMLVideoElement | null>>, taken: (photo: Blob) => void) {
  const state = ref<'closed' | 'opening' | 'live' | 'taken'>('closed')
  const words = ref('')
  const held = ref(0)
  /** Guidance takes long or is not to be had: the shutter is offered in bold. */
  const slow = ref(false)
  const failure = ref('')
  const picture = ref('')
  const stream = shallowRef<MediaStream | null>(null)
  let box: Box | undefined
  let round = 0

  async function open() {
    if (state.value === 'opening') return
    close()
    state.value = 'opening'
    failure.value = ''
    try {
      stream.value = await openCamera()
      state.value = 'live'
      await nextTick()
      if (!video.value) return close()
      video.value.srcObject = stream.value
      await video.value.play()
      void guide(++round)
    } catch (error) {
      close()
      failure.value = cameraWords[failureOf(error)]
    }
  }

  async function guide(mine: number) {
    const current = () => mine === round && state.value === 'live'
    slow.value = false
    words.value = searching
    const timer = setTimeout(() => current() && (slow.value = true), patience)
    try {
      const { loadDetector } = await import('@/face/detector')
      const detect = await loadDetector()
      const { see } = createGuide()
      while (current()) {
        const frame = video.value!
        const faces = await detect(frame)
        if (!current()) return
        const guidance = see({ at: performance.now(), faces, aspect: frame.videoWidth / frame.videoHeight })
        box = guidance.box
        words.value = guidance.words
        held.value = guidance.held
        if (guidance.phase === 'shoot') return await press()
        await new Promise((resolve) => setTimeout(resolve, pauseBetweenLooks))
      }
    } catch (error) {
      // No WASM, or the detector did not arrive: the shutter does the same, only without guidance.
      console.warn('face guidance is off', error)
      if (!current()) return
      words.value = '请对准人脸，点“拍照”'
      slow.value = true
    } finally {
      clearTimeout(timer)
    }
  }

  /** The shutter. */
  async function press() {
    if (state.value !== 'live' || !video.value?.videoWidth) return
    const photo = await shoot(video.value, box)
    close()
    keep(photo)
  }

  async function pick(event: Event) {
    const input = event.target as HTMLInputElement
    const file = input.files?.[0]
    input.value = ''
    if (!file) return
    close()
    failure.value = ''
    try {
      keep(await shrink(file))
    } catch {
      failure.value = '这张照片打不开，请重新拍摄，或换一张 JPG 照片。'
    }
  }

  function keep(photo: Blob) {
    picture.value = URL.createObjectURL(photo)
    state.value = 'taken'
    words.value = ''
    taken(photo)
  }

  function close() {
    round++
    closeCamera(stream.value)
    stream.value = null
    box = undefined
    held.value = 0
    URL.revokeObjectURL(picture.value)
    picture.value = ''
    state.value = 'closed'
  }

  /** In the background the phone takes the camera away; the student opens it again with a tap. */
  const hidden = () => document.hidden && stream.value && close()
  onMounted(() => document.addEventListener('visibilitychange', hidden))
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', hidden)
    close()
  })

  return { state, words, held, slow, failure, picture, open, press, pick, close }
}
