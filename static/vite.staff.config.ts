import { fileURLToPath, URL } from 'node:url'
import { VantResolver } from '@vant/auto-import-resolver'
import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vite'
import { vantIcons } from './build/vant-icons.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The student's own button, as on the students' pages. */
const ownButton = (name: string) => (name === 'VanButton' ? at('./src/components/VanButton.vue') : undefined)

/** The staff site is built apart from the students' pages, so that nothing of it weighs on a phone. */
export default defineConfig({
  root: at('./staff'),
  base: '/staff/',
  publicDir: false,
  // Vant draws only where the student's own form is filled in at the counter.
  plugins: [vue(), components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' }), ownButton, VantResolver()] }), vantIcons()],
  resolve: { alias: { '@': at('./src') } },
  build: {
    outDir: at('./dist/web/staff'),
    emptyOutDir: true,
    target: ['chrome87', 'safari14'],
    // The policy forbids data: fonts and styles anyway; small files are as well off on their own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
  },
  server: { proxy: { '^/api/': process.env.XINSHENG_SITE ?? 'http://127.0.0.1:8080' } },
})
