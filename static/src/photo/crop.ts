/** Which part of a picture is cut out: quarter turns, zoom (1 = just covers), and the shift of its centre in pixels of the result. */
export interface Crop {
  turns: number
  zoom: number
  x: number
  y: number
}

interface Size {
  width: number
  height: number
}

export const maxZoom = 6

export const wholePicture = (): Crop => ({ turns: 0, zoom: 1, x: 0, y: 0 })

/** How many pixels of the result one pixel of the picture fills. */
export function scale(crop: Crop, picture: Size, result: Size): number {
  const { width, height } = turned(crop, picture)
  return Math.max(result.width / width, result.height / height) * crop.zoom
}

/** The same crop kept within bounds: no gap at any edge. */
export function clamp(crop: Crop, picture: Size, result: Size): Crop {
  const zoom = Math.min(maxZoom, Math.max(1, crop.zoom))
  const { width, height } = turned(crop, picture)
  const s = scale({ ...crop, zoom }, picture, result)
  const within = (shift: number, room: number) => Math.min(room, Math.max(-room, shift)) || 0
  return {
    turns: ((crop.turns % 4) + 4) % 4,
    zoom,
    x: within(crop.x, (width * s - result.width) / 2),
    y: within(crop.y, (height * s - result.height) / 2),
  }
}

/** Zooms around the middle of the result, so that what stands there stays there. */
export function zoomed(crop: Crop, zoom: number, picture: Size, result: Size): Crop {
  const bounded = Math.min(maxZoom, Math.max(1, zoom))
  const share = bounded / crop.zoom
  return clamp({ ...crop, zoom: bounded, x: crop.x * share, y: crop.y * share }, picture, result)
}

/** Paints the cut-out part on white. */
export function paintCrop(pen: CanvasRenderingContext2D, source: CanvasImageSource, picture: Size, crop: Crop, result: Size) {
  const s = scale(crop, picture, result)
  pen.setTransform(1, 0, 0, 1, 0, 0)
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, result.width, result.height)
  pen.imageSmoothingQuality = 'high'
  pen.translate(result.width / 2 + crop.x, result.height / 2 + crop.y)
  pen.rotate((crop.turns * Math.PI) / 2)
  pen.scale(s, s)
  pen.drawImage(source, -picture.width / 2, -picture.height / 2, picture.width, picture.height)
}

function turned(crop: Crop, picture: Size): Size {
  return crop.turns % 2 ? { width: picture.height, height: picture.width } : picture
}
