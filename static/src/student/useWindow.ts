import { computed, onScopeDispose, watchEffect } from 'vue'
import { loadSchool, session } from '@/session'
import { dayTime, ending } from '@/components/format'

const longestTimer = 24 * 3600_000

/** The registration window (注册时间) in words, and a fresh look at the server the moment it opens. */
export function useWindow() {
  const intake = computed(() => session.school?.intake ?? null)
  const closed = computed(() => intake.value?.phase === 'after')
  const notYet = computed(() => intake.value?.phase === 'before')

  const words = computed(() => {
    if (!intake.value) return '目前没有开放的注册批次，请留意学校通知。'
    if (notYet.value) return `注册还没有开始，将于 ${dayTime(intake.value.opens_at)} 开放，届时请再来登录。`
    if (closed.value) return `注册已于 ${ending(intake.value.closes_at)} 截止。已开始办理或已完成注册的同学仍可登录。`
    return ''
  })

  let timer: ReturnType<typeof setTimeout> | undefined
  watchEffect(() => {
    clearTimeout(timer)
    const school = session.school
    if (!school?.intake || !notYet.value) return
    timer = setTimeout(() => loadSchool(true), Math.min(school.intake.opens_at - school.now_at + 1000, longestTimer))
  })
  onScopeDispose(() => clearTimeout(timer))

  return { intake, notYet, closed, words }
}
