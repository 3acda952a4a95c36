import { Buffer } from 'node:buffer'
import type { Plugin } from 'vite'

/** Moves Vant's icon font out of the render-blocking CSS (30 kB) into a file, fetched only by pages that draw an icon. */
export function vantFont(): Plugin {
  return {
    name: 'vant-font',
    apply: 'build',
    enforce: 'pre',
    transform(css, id) {
      if (!/vant\/(es|lib)\/icon\/index\.css/.test(id)) return
      const font = /url\(data:font\/[^;]+;charset=utf-8;base64,([^)]+)\)/.exec(css)
      if (!font?.[1]) this.error('Vant no longer inlines its icon font: remove build/vant-font.ts')
      const file = this.emitFile({
        type: 'asset',
        name: 'vant-icon.woff2',
        source: Buffer.from(font[1], 'base64'),
      })
      // The second source is a foreign server: our pages load nothing from outside.
      return css.replace(font[0], `url(__VITE_ASSET__${file}__)`).replace(/,url\(\/\/at\.alicdn[^)]*\) format\("woff"\)/, '')
    },
  }
}
