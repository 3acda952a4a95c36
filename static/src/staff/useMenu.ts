import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { useAction } from '@/components/useAction'
import { fetchMenu, planFormer, planMenu, pushMenu, restoreMenu, type Kept, type MenuDesk, type MenuEntry, type MenuPlan } from './api/menu'
import { say } from './components/say'

/** The account's menu: our buttons as they are edited, and what WeChat's menu would become with them. */
export function useMenu() {
  const desk = shallowRef<MenuDesk | null>(null)
  const entries = ref<MenuEntry[]>([])
  const plan = shallowRef<MenuPlan | null>(null)
  const reading = useAction()
  const planning = useAction()
  const acting = useAction()
  const read = computed(() => JSON.stringify(desk.value?.entries ?? []))
  const dirty = computed(() => JSON.stringify(entries.value) !== read.value)

  function take(next: MenuDesk) {
    desk.value = next
    entries.value = next.entries.map((entry) => ({ ...entry }))
    plan.value = next.plan
  }
  const load = () => reading.run(async () => take(await fetchMenu()))
  void load()

  let timer = 0
  let shown = ''
  async function look() {
    const asked = JSON.stringify(entries.value)
    await planning.run(async () => (plan.value = await planMenu(entries.value)))
    shown = asked
    if (JSON.stringify(entries.value) !== asked) void look()
  }
  watch(entries, () => {
    clearTimeout(timer)
    if (JSON.stringify(entries.value) !== shown) timer = window.setTimeout(() => planning.busy.value || look(), 400)
  }, { deep: true })
  onBeforeUnmount(() => clearTimeout(timer))

  /** What was compared is sent along: where WeChat's menu is another one by now, nothing is written. */
  const push = () => acting.run(async () => {
    take(await pushMenu(entries.value, plan.value!.now_lines))
    void say('已推送。手机上重新进入公众号即可看到，最晚 24 小时内更新。')
  })
  /** What bringing our buttons back would do, shown before it is done. */
  const former = shallowRef<MenuPlan | null>(null)
  let kept: Kept = { push: '', before: true }
  const lookBack = (which: Kept) => acting.run(async () => {
    former.value = null
    former.value = await planFormer((kept = which))
  })
  const restore = () => acting.run(async () => {
    take(await restoreMenu(kept, former.value!.now_lines))
    void say('我们的按钮已恢复')
  })

  const move = (at: number, by: number) => entries.value.splice(at + by, 0, ...entries.value.splice(at, 1))
  return { desk, entries, plan, dirty, reading, planning, acting, load, push, former, lookBack, restore, move }
}
