import { computed, onMounted, onUnmounted, shallowRef, type Ref } from 'vue'

interface Point {
  x: number
  y: number
}

const ink = '#10182c'
const pen = 4

/** Writing on a canvas with finger, pen or mouse. Strokes are kept as points, so that turning the phone loses none. */
export function useSignature(canvas: Ref<HTMLCanvasElement | null>) {
  const strokes = shallowRef<Point[][]>([])
  const empty = computed(() => strokes.value.length === 0)
  let writing: Point[] | null = null

  function paint() {
    const area = canvas.value
    if (!area) return
    const sharpness = Math.min(2, window.devicePixelRatio || 1)
    area.width = area.clientWidth * sharpness
    area.height = area.clientHeight * sharpness
    const brush = area.getContext('2d')!
    brush.scale(sharpness, sharpness)
    Object.assign(brush, { strokeStyle: ink, lineWidth: pen, lineCap: 'round', lineJoin: 'round' })
    for (const stroke of writing ? [...strokes.value, writing] : strokes.value) draw(brush, stroke)
  }

  function at(touch: { clientX: number; clientY: number }): Point {
    const box = canvas.value!.getBoundingClientRect()
    return { x: touch.clientX - box.left, y: touch.clientY - box.top }
  }

  function start(point: Point) {
    writing = [point]
    paint()
  }
  function go(point: Point) {
    if (!writing) return
    writing.push(point)
    paint()
  }
  function end() {
    if (writing) strokes.value = [...strokes.value, writing]
    writing = null
  }

  const touch = (event: TouchEvent) => {
    event.preventDefault()
    const finger = event.changedTouches[0]
    if (event.type === 'touchstart' && finger) start(at(finger))
    else if (event.type === 'touchmove' && finger) go(at(finger))
    else end()
  }
  const press = (event: MouseEvent) => start(at(event))
  const move = (event: MouseEvent) => go(at(event))

  function change(next: Point[][]) {
    strokes.value = next
    paint()
  }

  onMounted(() => {
    const area = canvas.value!
    for (const name of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const) area.addEventListener(name, touch, { passive: false })
    area.addEventListener('mousedown', press)
    window.addEventListener('mousemove', move)
    window.addEventListener('mouseup', end)
    window.addEventListener('resize', paint)
    paint()
  })
  onUnmounted(() => {
    window.removeEventListener('mousemove', move)
    window.removeEventListener('mouseup', end)
    window.removeEventListener('resize', paint)
  })

  return {
    empty,
    clear: () => change([]),
    undo: () => change(strokes.value.slice(0, -1)),
    /** What was written, as a PNG data URL. */
    picture: () => canvas.value!.toDataURL('image/png'),
  }
}

function draw(brush: CanvasRenderingContext2D, stroke: Point[]) {
  brush.beginPath()
  const [first, ...rest] = stroke
  brush.moveTo(first!.x, first!.y)
  // A dot is a stroke too: a line of no length draws its round ends.
  for (const point of rest.length ? rest : [first!]) brush.lineTo(point.x, point.y)
  brush.stroke()
}
