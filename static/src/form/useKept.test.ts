import { beforeEach, expect, test, vi } from 'vitest'
import { nextTick, reactive } from 'vue'
import { dropStash, stash, unstash } from './stash'
import { useKept } from './useKept'

vi.mock('./stash')

/** Answers what is kept when the test says so: IndexedDB may be slower than the net. */
let answer: (content?: Record<string, string>) => void

beforeEach(() => {
  vi.resetAllMocks()
  vi.mocked(unstash).mockReturnValue(new Promise((resolve) => (answer = (content) => resolve(content && { version: 0, content }))))
})

test('what the page fills in before the kept words come does not cost them', async () => {
  const draft = reactive({ program: '', text: '' })
  const { restored } = useKept('resume', 'student', draft)
  draft.program = '会计学'
  await nextTick()
  expect(stash).not.toHaveBeenCalled()
  answer({ program: '法学', text: '退役返校' })
  await restored
  expect(draft).toEqual({ program: '会计学', text: '退役返校' })
  expect(vi.mocked(stash).mock.lastCall).toEqual(['resume', 'student', { version: 0, content: draft }])
})

test('what is typed before the kept words come stays, and is kept', async () => {
  const draft = reactive({ text: '' })
  const { restored } = useKept('resume', 'student', draft)
  draft.text = '刚写的'
  answer()
  await restored
  expect(draft.text).toBe('刚写的')
  expect(vi.mocked(stash).mock.lastCall?.[2].content).toEqual({ text: '刚写的' })
})

test('a draft that is blank again is forgotten', async () => {
  const draft = reactive({ text: '' })
  const { restored } = useKept('resume', 'student', draft)
  answer({ text: '旧的' })
  await restored
  draft.text = ''
  await nextTick()
  expect(dropStash).toHaveBeenCalledWith('resume')
})
