import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const folder = 'node_modules/@vladmandic/face-api/model/'
const files = ['tiny_face_detector_model-weights_manifest.json', 'tiny_face_detector_model.bin']

/** Serves the tiny face detector's model from our own site: /face-model/… */
export function faceModel(): Plugin {
  return {
    name: 'face-model',
    configureServer(server) {
      server.middlewares.use('/face-model', (request, response, next) => {
        const file = files.find((name) => request.url?.endsWith(name))
        if (!file) return next()
        response.end(readFileSync(folder + file))
      })
    },
    generateBundle() {
      for (const file of files)
        this.emitFile({ type: 'asset', fileName: `face-model/${file}`, source: readFileSync(folder + file) })
    },
  }
}
