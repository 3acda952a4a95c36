import { watch } from 'vue'
import type { Content } from '@/api/form'
import { frozen } from './content'
import { dropStash, stash, unstash } from './stash'

/**
 * Words of a page that reach the server only when they are handed in: meanwhile they outlive, sealed for their one
 * writer, the page that the phone kills. `words` says what of a draft is kept, all of it where nothing is said;
 * `within` is after how many milliseconds nobody gets it back.
 */
export function useKept<T extends object>(page: string, owner: string, draft: T, words: (draft: T) => object = (all) => all, within?: number) {
  const now = () => frozen(words(draft) as Content)
  const blank = now()
  void unstash(page, owner, within).then((kept) => kept && now() === blank && Object.assign(draft, kept.content))
  watch(draft, () => {
    const content = now()
    if (content === blank) dropStash(page)
    else void stash(page, owner, { version: 0, content: JSON.parse(content) })
  })
  return { drop: () => dropStash(page) }
}
