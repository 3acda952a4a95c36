import type { AttachmentKind } from '@/api/attachments'
import { paintCrop, wholePicture, type Crop } from './crop'
import { fileSize, fit } from './fit'
import { decodePicture, type Picture } from './picture'

/** A file ready to be sent, and what was done to it; `done` is told how many bytes the server kept. */
export interface Prepared {
  file: Blob
  done: (kept: number) => string
}

export const asItIs = (file: Blob): Prepared => ({ file, done: (kept) => `已上传 ${fileSize(kept)}` })

const longSide = 2000
const smallestSide = 500

/** A certificate photo has fixed pixels and must be cut out by the student. */
export const needsCrop = (kind: AttachmentKind) => Boolean(kind.width && kind.height)

/** Undefined where the browser cannot read the file: the server says what is wrong with it. */
export function decode(file: Blob): Promise<Picture | undefined> {
  return decodePicture(file).catch(() => undefined)
}

/** Shrinks a picture below the kind's limit; anything that is no readable picture is sent as it is. */
export async function prepare(file: File, kind: AttachmentKind, turns = 0): Promise<Prepared> {
  const picture = file.type === 'application/pdf' ? undefined : await decode(file)
  if (!picture) return asItIs(file)
  try {
    return await shrink(file, picture, kind.max_bytes, turns)
  } finally {
    picture.release()
  }
}

async function shrink(file: File, picture: Picture, limit: number, turns: number): Promise<Prepared> {
  const before = fileSize(file.size)
  let side = Math.min(longSide, Math.max(picture.width, picture.height))
  if (!turns && file.type === 'image/jpeg' && file.size <= limit && side === Math.max(picture.width, picture.height)) {
    return asItIs(file)
  }
  for (; side >= smallestSide; side = Math.round(side * 0.85)) {
    const share = side / Math.max(picture.width, picture.height)
    const size = { width: Math.round(picture.width * share), height: Math.round(picture.height * share) }
    const result = turns % 2 ? { width: size.height, height: size.width } : size
    const blob = await encodeCrop(picture, { ...wholePicture(), turns }, result, limit, 0.4)
    if (blob) return { file: blob, done: (kept) => `${turns ? '已旋转，' : ''}已压缩：${before} → ${fileSize(kept)}` }
  }
  return asItIs(file)
}

/** Cuts a certificate photo out and fits it below the kind's limit. */
export async function cutOut(picture: Picture, crop: Crop, kind: AttachmentKind): Promise<Prepared> {
  const result = { width: kind.width!, height: kind.height! }
  const blob = await encodeCrop(picture, crop, result, kind.max_bytes, 0.1)
  if (!blob) throw new Error('the picture does not fit at any quality')
  return { file: blob, done: (kept) => `已裁剪为 ${result.width}×${result.height}，压缩到 ${fileSize(kept)}` }
}

async function encodeCrop(picture: Picture, crop: Crop, result: { width: number; height: number }, limit: number, worst: number) {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, result)
  paintCrop(canvas.getContext('2d')!, picture.source, picture, crop, result)
  const encode = (quality: number) => toJpeg(canvas, quality)
  try {
    return await fit(encode, limit, worst)
  } finally {
    // Phones keep the memory of canvases for long; an empty one holds none.
    canvas.width = canvas.height = 0
  }
}

function toJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the browser made no JPEG'))), 'image/jpeg', quality)
  })
}
