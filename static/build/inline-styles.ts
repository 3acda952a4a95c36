import type { Plugin } from 'vite'

/** Puts the entry's stylesheet into the HTML itself: the login page is drawn without a second round trip. */
export function inlineStyles(page: string): Plugin {
  return {
    name: 'inline-styles',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const html = bundle[page]
        if (html?.type !== 'asset') return
        const [, entry] = /<script type="module"[^>]*src="\/([^"]+)"/.exec(String(html.source)) ?? []
        html.source = String(html.source).replace(/<link rel="stylesheet"[^>]*href="\/([^"]+\.css)"[^>]*>/g, (link, file) => {
          const sheet = bundle[file]
          if (sheet?.type !== 'asset') return link
          delete bundle[file]
          // Lazy pages name the sheet among what they need; what stands in the HTML must not be fetched again.
          for (const chunk of Object.values(bundle))
            if (chunk.type === 'chunk') chunk.code = chunk.code.split(`"${file}"`).join(`"${entry}"`)
          return `<style>${String(sheet.source).trim()}</style>`
        })
      },
    },
  }
}
