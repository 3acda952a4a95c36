import { fileURLToPath, URL } from 'node:url'
import { VantResolver } from '@vant/auto-import-resolver'
import vue from '@vitejs/plugin-vue'
import components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'
import { faceModel } from './build/face-model.ts'
import { inlineStyles } from './build/inline-styles.ts'
import { pdfFont } from './build/pdf-font.ts'
import { vantIcons } from './build/vant-icons.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// Everything else of Vant comes with the page that needs it.
const ownButton = (name: string) => (name === 'VanButton' ? at('./src/components/VanButton.vue') : undefined)

export default defineConfig({
  plugins: [
    vue(),
    components({ dirs: [], dts: 'src/vant.d.ts', resolvers: [ownButton, VantResolver()] }),
    vantIcons(),
    faceModel(),
    inlineStyles('index.html'),
    pdfFont(),
  ],
  // Our components and Vant's are written with setup() only; the rest of Vue stays out of the first load.
  define: { __VUE_OPTIONS_API__: 'false' },
  resolve: {
    alias: [
      { find: '@', replacement: at('./src') },
      // The face detector needs tfjs' core and its WASM backend only: 430 kB instead of 640.
      { find: /^@tensorflow\/tfjs(\/dist\/index\.js)?$/, replacement: at('./src/face/tfjs.ts') },
      { find: /^@tensorflow\/tfjs-backend-webgl(\/dist\/index\.js)?$/, replacement: at('./src/face/no-webgl.ts') },
      { find: 'face-api', replacement: '@vladmandic/face-api/dist/face-api.esm-nobundle.js' },
    ],
  },
  // Pre-bundling would resolve the detector's imports before the aliases above.
  optimizeDeps: { exclude: ['@vladmandic/face-api'] },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    // About the floor of native modules; X5 of old Android WeChat lacks #RRGGBBAA, hence Chrome 61 for CSS.
    target: ['chrome64', 'safari12'],
    cssTarget: ['chrome61', 'safari12'],
    assetsInlineLimit: 1024,
    // Where the browser does not know modulepreload, it loads the same files a little later.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
    // The first load lists every later file: short names keep that list small.
    rolldownOptions: { output: { chunkFileNames: 'assets/[hash].js', assetFileNames: 'assets/[hash][extname]' } },
  },
  server: { proxy: { '^/(api|go|wechat)/': process.env.XINSHENG_SITE ?? 'http://127.0.0.1:8080' } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    server: { deps: { inline: ['vant'] } },
  },
})
