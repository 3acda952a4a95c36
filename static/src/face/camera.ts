const patience = 12_000

export type CameraFailure = 'refused' | 'missing' | 'in_use' | 'silent'

/** Why there is no picture, and what the student does next. */
export const cameraWords: Record<CameraFailure, string> = {
  refused: '没有获得使用相机的许可。请在微信或浏览器的设置中允许使用相机，或点“上传照片”，用手机自带的相机拍。',
  missing: '此设备没有可用的摄像头，或当前网页不能使用摄像头。请点“上传照片”，或换手机办理。',
  in_use: '摄像头正被其他程序使用。请关闭其他程序后重试，或点“上传照片”。',
  silent: '摄像头没有响应。请重试，或点“上传照片”，用手机自带的相机拍。',
}

/** Opens the front camera; rejects with a CameraFailure, also when the browser never answers. */
export async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw fail('missing')
  const asked = navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: 'user' }, width: { ideal: 1280 }, height: { ideal: 960 } },
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(fail('silent')), patience)))
  try {
    return await Promise.race([asked, silence])
  } catch (error) {
    // An answer that comes too late must not leave the camera's light on.
    asked.then(closeCamera, () => {})
    throw fail(failureOf(error))
  } finally {
    clearTimeout(timer)
  }
}

/** Gives the camera back. */
export function closeCamera(stream: MediaStream | null) {
  stream?.getTracks().forEach((track) => track.stop())
}

/** Reads a CameraFailure off anything that openCamera threw. */
export function failureOf(error: unknown): CameraFailure {
  const name = (error as Error)?.name
  if (name in cameraWords) return name as CameraFailure
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotReadableError' || name === 'AbortError') return 'in_use'
  return 'missing'
}

function fail(failure: CameraFailure): Error {
  const error = new Error(failure)
  error.name = failure
  return error
}
