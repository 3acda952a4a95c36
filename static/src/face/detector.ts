import { ready, setBackend } from '@tensorflow/tfjs-core'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import { detectAllFaces, nets, TinyFaceDetectorOptions } from 'face-api'
import type { Box } from './guide'

export type Detect = (video: HTMLVideoElement) => Promise<Box[]>

/** Loads the face detector (430 kB, this page only) and answers its one function. It guides; the server judges. */
export async function loadDetector(): Promise<Detect> {
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded,
  })
  await setBackend('wasm')
  await ready()
  await nets.tinyFaceDetector.loadFromUri('/face-model')
  const options = new TinyFaceDetectorOptions({ inputSize: 160, scoreThreshold: 0.5 })
  return async (video) => (await detectAllFaces(video, options)).map((face) => face.relativeBox)
}
