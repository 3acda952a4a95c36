import type { Plugin } from 'vite'

/** Puts the entry's stylesheet into the HTML itself: the login page is drawn without a second round trip. */
export function inlineStyles(page: string): Plugin {
  return {
    name: 'inline-styles',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const html = bundle[page]
      if (html?.type !== 'asset') return
      html.source = String(html.source).replace(/<link rel="stylesheet"[^>]*href="\/([^"]+\.css)"[^>]*>/g, (link, file) => {
        const sheet = bundle[file]
        if (sheet?.type !== 'asset') return link
        delete bundle[file]
        return `<style>${String(sheet.source).trim()}</style>`
      })
    },
  }
}
