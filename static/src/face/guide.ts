/** A face in shares of the frame's width and height. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** What one look at the camera's picture found; `aspect` is the frame's width : height. */
export interface Look {
  at: number
  faces: Box[]
  aspect: number
}

export interface Guidance {
  phase: 'searching' | 'holding' | 'shoot'
  words: string
  /** How much of the two seconds is over, 0–1. */
  held: number
  box?: Box
}

export const searching = '请拿起手机，对准人脸'
export const holding = '检测成功，正在拍照，请保持不动2秒'

const looksNeeded = 3
const holdTime = 2000
/** One bad frame must not reset the hold: only this long without a good look breaks it. */
const forgiven = 700

/** Leads the student to a good shot: three good looks, then two seconds without moving away. */
export function createGuide() {
  let good = 0
  let last: Box | undefined
  let lastGoodAt = 0
  let heldSince = 0

  function see(look: Look): Guidance {
    const flaw = flawOf(look, last)
    if (flaw) return miss(look.at, flaw)
    good += 1
    last = look.faces[0]
    lastGoodAt = look.at
    if (heldSince === 0 && good >= looksNeeded) heldSince = look.at
    return guidance(look.at, searching)
  }

  function miss(at: number, flaw: string): Guidance {
    if (at - lastGoodAt > forgiven) {
      good = 0
      heldSince = 0
      last = undefined
    }
    return guidance(at, flaw)
  }

  function guidance(at: number, words: string): Guidance {
    if (heldSince === 0) return { phase: 'searching', words, held: 0, box: last }
    const held = Math.min(1, (at - heldSince) / holdTime)
    const ready = held === 1 && at === lastGoodAt
    return { phase: ready ? 'shoot' : 'holding', words: holding, held, box: last }
  }

  return { see }
}

/** What the student should change, '' when the look is good. */
function flawOf({ faces, aspect }: Look, last?: Box): string {
  const [face] = faces
  if (!face) return searching
  if (faces.length > 1) return '画面中只能有您一个人'
  // Sizes and distances in heights of the frame, so that they mean the same upright and across.
  const width = face.width * aspect
  if (width < 0.2 * Math.min(1, aspect)) return '请靠近一点'
  if (width > 0.8 * Math.min(1, aspect)) return '请离远一点'
  const away = Math.hypot((face.x + face.width / 2 - 0.5) * aspect, face.y + face.height / 2 - 0.5)
  if (away > 0.22) return '请把脸移到圆圈中间'
  if (!last) return ''
  const moved = Math.hypot((face.x - last.x) * aspect, face.y - last.y)
  return moved > 0.35 * width ? '请保持不动' : ''
}
