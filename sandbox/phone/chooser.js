// What a tap on a file field opens: the phone's album, its camera, or the computer's own files.
import { el, sheet, toast } from './dom.js'
import { albumGrid, pictureFile } from './album.js'

// chooseFiles resolves to the chosen files; none if the owner thinks better of it.
export function chooseFiles({ accept = '', multiple, camera }) {
  return new Promise((resolve) => {
    const computer = el('input', { type: 'file', accept, multiple: Boolean(multiple), hidden: true,
      onchange: () => { close(); resolve([...computer.files]) } })
    const item = (text, does) => el('button.item', { type: 'button', onclick: does }, text)
    const pictures = !accept || /image|\.jpe?g|\.png/i.test(accept)
    const close = sheet('选择文件', () => resolve([]),
      item('从手机相册选择', () => { close(); fromAlbum(accept, resolve) }),
      pictures && item('拍照', () => { close(); shoot(camera, resolve) }),
      item('从这台电脑选择', () => computer.click()),
      computer)
  })
}

function fromAlbum(accept, resolve) {
  const pdf = !accept || /pdf/i.test(accept)
  const take = async (person, picture) => {
    close()
    try {
      resolve([await pictureFile(person, picture)])
    } catch {
      toast('这张图片没有打开，请再试一次')
      resolve([])
    }
  }
  const close = sheet('从手机相册选择', () => resolve([]), albumGrid(take, (picture) => pdf || !picture.file.endsWith('.pdf')))
}

// shoot takes a picture with the computer's camera.
async function shoot(selfie, resolve) {
  let stream
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: selfie ? 'user' : 'environment', width: { ideal: 1920 } } })
  } catch {
    toast('没有可用的摄像头，请从相册或电脑选择')
    return resolve([])
  }
  const end = (files) => {
    for (const track of stream.getTracks()) track.stop()
    resolve(files)
  }
  const video = el('video', { srcObject: stream, autoplay: true, muted: true, playsInline: true })
  const shutter = el('button.main.wide', { type: 'button', onclick: take }, '拍照')
  const close = sheet('拍照', () => end([]), video, shutter)
  shutter.focus({ preventScroll: true })

  function take() {
    const canvas = el('canvas', { width: video.videoWidth, height: video.videoHeight })
    canvas.getContext('2d').drawImage(video, 0, 0)
    canvas.toBlob((blob) => {
      close()
      end(blob ? [new File([blob], 'camera.jpg', { type: 'image/jpeg' })] : [])
    }, 'image/jpeg', 0.92)
  }
}
