import { onMounted, onUnmounted, ref, watch, type Ref } from 'vue'
import { clamp, maxZoom, paintCrop, wholePicture, zoomed, type Crop } from './crop'
import type { Picture } from './picture'

interface Point {
  x: number
  y: number
}

/** Dragging, pinching, zooming and turning a picture under a frame; the canvas shows exactly what is kept. */
export function useCrop(canvas: Ref<HTMLCanvasElement | null>, picture: Picture, result: { width: number; height: number }) {
  const crop = ref<Crop>(wholePicture())
  let held: Point[] = []
  let frame = 0

  const change = (next: Crop) => (crop.value = clamp(next, picture, result))
  const zoom = (factor: number) => (crop.value = zoomed(crop.value, crop.value.zoom * factor, picture, result))
  const move = (x: number, y: number) => change({ ...crop.value, x: crop.value.x + x, y: crop.value.y + y })
  const turn = () => change({ ...crop.value, turns: crop.value.turns + 1, x: 0, y: 0 })

  /** Pixels of the result for each pixel of the screen. */
  const density = () => result.width / (canvas.value?.clientWidth || result.width)

  function drag(now: Point[]) {
    const before = held
    held = now
    if (!before.length || before.length !== now.length) return
    const [from, to] = [middle(before), middle(now)]
    move((to.x - from.x) * density(), (to.y - from.y) * density())
    if (now.length === 2 && distance(before) > 0) zoom(distance(now) / distance(before))
  }

  function paint() {
    frame = 0
    const pen = canvas.value?.getContext('2d')
    if (pen) paintCrop(pen, picture.source, picture, crop.value, result)
  }

  const touches = (event: TouchEvent) => Array.from(event.touches, (touch) => ({ x: touch.clientX, y: touch.clientY }))
  function touch(event: TouchEvent) {
    event.preventDefault()
    if (event.type === 'touchmove') drag(touches(event))
    else held = touches(event)
  }
  function mouse(event: MouseEvent) {
    drag(event.buttons & 1 ? [{ x: event.clientX, y: event.clientY }] : [])
  }
  function wheel(event: WheelEvent) {
    event.preventDefault()
    zoom(event.deltaY < 0 ? 1.08 : 1 / 1.08)
  }
  const step = 12
  const keys: Record<string, () => unknown> = {
    ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0), ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step),
    '+': () => zoom(1.1), '=': () => zoom(1.1), '-': () => zoom(1 / 1.1),
  }
  function key(event: KeyboardEvent) {
    if (!(event.key in keys)) return
    event.preventDefault()
    keys[event.key]!()
  }

  watch(crop, () => (frame ||= requestAnimationFrame(paint)))
  onMounted(() => {
    const area = canvas.value!
    // Vue would make touch listeners passive in some browsers, and the page would scroll along.
    for (const name of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const) area.addEventListener(name, touch, { passive: false })
    area.addEventListener('wheel', wheel, { passive: false })
    paint()
  })
  onUnmounted(() => cancelAnimationFrame(frame))

  return { crop, maxZoom, zoom, turn, mouse, key, zoomTo: (value: number) => (crop.value = zoomed(crop.value, value, picture, result)) }
}

function middle(points: Point[]): Point {
  return { x: points.reduce((sum, p) => sum + p.x, 0) / points.length, y: points.reduce((sum, p) => sum + p.y, 0) / points.length }
}

function distance([a, b]: Point[]): number {
  return Math.hypot(a!.x - b!.x, a!.y - b!.y)
}
