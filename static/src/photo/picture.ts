/** A decoded picture, upright whatever its EXIF orientation said. */
export interface Picture {
  source: CanvasImageSource
  width: number
  height: number
  /** Gives the memory back. */
  release: () => void
}

/** Decodes a picked file; rejects when the browser cannot read it (HEIC on most phones, broken files). */
export async function decodePicture(file: Blob): Promise<Picture> {
  if ('createImageBitmap' in window) {
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
      return { source: bitmap, width: bitmap.width, height: bitmap.height, release: () => bitmap.close() }
    } catch {
      // Old Safari knows the function but not the option, others not the format: the image element decides.
    }
  }
  return decodeByElement(file)
}

async function decodeByElement(file: Blob): Promise<Picture> {
  const url = URL.createObjectURL(file)
  const image = new Image()
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve
      image.onerror = reject
      image.src = url
    })
  } catch (error) {
    URL.revokeObjectURL(url)
    throw error
  }
  return { source: image, width: image.naturalWidth, height: image.naturalHeight, release: () => URL.revokeObjectURL(url) }
}

/** A cut out of a picture, in its pixels. */
export interface Cut {
  x: number
  y: number
  width: number
  height: number
}

/** Draws the cut at the given size on white and answers a JPEG; a canvas drops all metadata. */
export async function drawJpeg(source: CanvasImageSource, cut: Cut, width: number, height: number, quality = 0.92): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')!
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, width, height)
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(source, cut.x, cut.y, cut.width, cut.height, 0, 0, width, height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
  canvas.width = canvas.height = 0
  if (!blob) throw new Error('the browser made no JPEG')
  return blob
}
