import { decodePicture, drawJpeg, type Cut } from '@/photo/picture'
import type { Box } from './guide'

const longSide = 1280
const portrait = 3 / 4

/** The portrait around the face (or the middle of the frame) that is sent for comparison: 3 : 4 JPEG, at least 480 × 640. */
export async function shoot(video: HTMLVideoElement, box?: Box): Promise<Blob> {
  const cut = portraitCut(video.videoWidth, video.videoHeight, box)
  const height = Math.round(Math.min(longSide, Math.max(640, cut.height)))
  return drawJpeg(video, cut, Math.round(height * portrait), height)
}

/** Head and shoulders: the face fills a bit less than half of the picture's height, moved inside the frame where it sticks out. */
export function portraitCut(width: number, height: number, box?: Box): Cut {
  const most = Math.min(height, width / portrait)
  if (!box) return { x: (width - most * portrait) / 2, y: (height - most) / 2, width: most * portrait, height: most }
  const tall = Math.min(most, box.height * height * 2.4)
  const wide = tall * portrait
  const x = (box.x + box.width / 2) * width - wide / 2
  const y = (box.y + box.height / 2) * height - tall * 0.47
  return { x: within(x, width - wide), y: within(y, height - tall), width: wide, height: tall }
}

/** A picture from the camera app or the album, upright and small enough to send. */
export async function shrink(file: Blob): Promise<Blob> {
  const picture = await decodePicture(file)
  try {
    const { source, width, height } = picture
    const scale = Math.min(1, longSide / Math.max(width, height))
    return await drawJpeg(source, { x: 0, y: 0, width, height }, Math.round(width * scale), Math.round(height * scale), 0.9)
  } finally {
    picture.release()
  }
}

function within(value: number, most: number): number {
  return Math.min(Math.max(0, value), most)
}
