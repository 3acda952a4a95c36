import { copyFileSync, mkdirSync } from 'node:fs'
import type { Plugin } from 'vite'

const font = 'node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'

/** Lays the Chinese font of our PDFs beside the pages, so that the Go program can embed it; it is not served. */
export function pdfFont(): Plugin {
  return {
    name: 'pdf-font',
    apply: 'build',
    closeBundle() {
      mkdirSync('dist/font', { recursive: true })
      copyFileSync(font, 'dist/font/NotoSansSC-Regular.ttf')
    },
  }
}
