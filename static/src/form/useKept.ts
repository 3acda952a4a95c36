import { watch } from 'vue'
import type { Content } from '@/api/form'
import { frozen } from './content'
import { dropStash, stash, unstash } from './stash'

/**
 * Words of a page that reach the server only when they are handed in: meanwhile they outlive, sealed for their one
 * writer, the page that the phone kills. `words` says what of a draft is kept, all of it where nothing is said.
 * A page that fills its draft in by itself waits for `restored` first; nothing is kept before that.
 */
export function useKept<T extends object>(page: string, owner: string, draft: T, words: (draft: T) => object = (all) => all) {
  const now = () => frozen(words(draft) as Content)
  const blank = now()
  const unwritten = JSON.parse(blank) as Content
  let open = false

  /** Gives each field back that nobody has written meanwhile. */
  async function restore() {
    const kept = (await unstash(page, owner))?.content ?? {}
    const written = JSON.parse(now()) as Content
    for (const field of Object.keys(kept)) if (JSON.stringify(written[field]) === JSON.stringify(unwritten[field])) Object.assign(draft, { [field]: kept[field] })
    open = true
    keep()
  }

  function keep() {
    if (!open) return
    const content = now()
    if (content === blank) dropStash(page)
    else void stash(page, owner, { version: 0, content: JSON.parse(content) })
  }

  watch(draft, keep)
  return { restored: restore(), drop: () => dropStash(page) }
}
