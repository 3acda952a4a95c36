// The part of @vladmandic/face-api that the detector uses; its bundle without tfjs ships no types.
declare module 'face-api' {
  export class TinyFaceDetectorOptions {
    constructor(options: { inputSize: number; scoreThreshold: number })
  }
  export const nets: { tinyFaceDetector: { loadFromUri(uri: string): Promise<void> } }
  export function detectAllFaces(
    input: HTMLVideoElement,
    options: TinyFaceDetectorOptions,
  ): Promise<{ relativeBox: { x: number; y: number; width: number; height: number } }[]>
}
