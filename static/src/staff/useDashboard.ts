import { computed, reactive, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { fetchDashboard, type Dashboard, type Filter } from './api/dashboard'
import type { ChartOption } from './charts'
import { usePoll } from './usePoll'

/** How often the figures are read again. */
const seconds = 15

/** The figures of an intake (总览), narrowed by the address, and how they are drawn. */
export function useDashboard() {
  const route = useRoute()
  const router = useRouter()
  const asked = (name: string) => String(route.query[name] ?? '')
  const filter = reactive<Filter>({ intake: asked('intake'), point: asked('point'), program: asked('program') })
  const { data: board, error, reload } = usePoll(() => fetchDashboard(filter), seconds)
  watch(filter, () => {
    void router.replace({ query: Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) })
    void reload()
  })

  /** The list of students whom a figure counts: with what the page is narrowed to, and one thing more. */
  function students(more: Record<string, string>): string {
    const query = { ...filter, intake: board.value?.intake ?? '', ...more }
    return '/students?' + new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString()
  }

  const stuck = computed(() => board.value?.stuck.filter(({ count }) => count > 0) ?? [])
  const funnelChart = computed(() => bars(board.value?.funnel ?? [], (count) => `${count}（${share(count, board.value)}）`))
  const stuckChart = computed(() => bars(stuck.value, String))
  const daysChart = computed(() => line(board.value?.days ?? []))
  return { filter, board, error, reload, students, stuck, funnelChart, stuckChart, daysChart }
}

/** A count as a share of all who were admitted. */
export function share(count: number, board: Dashboard | null): string {
  const all = board?.funnel[0]?.count ?? 0
  return all ? `${((count / all) * 100).toFixed(1)}%` : '—'
}

const ink = '#1c2430'
const brand = () => getComputedStyle(document.documentElement).getPropertyValue('--brand').trim() || '#1f5fa8'
const words = { color: ink, fontSize: 13 }

/** Bars from the top down, each with its figure written at its end. */
function bars(rows: { name: string; count: number }[], label: (count: number) => string): ChartOption {
  return {
    animation: false,
    grid: { left: 8, right: 96, top: 4, bottom: 4, containLabel: true },
    tooltip: { show: false },
    xAxis: { type: 'value', show: false },
    yAxis: { type: 'category', inverse: true, data: rows.map(({ name }) => name), axisLine: { show: false }, axisTick: { show: false }, axisLabel: words },
    series: [{
      type: 'bar', barMaxWidth: 26, itemStyle: { color: brand() }, data: rows.map(({ count }) => count), cursor: 'pointer',
      label: { show: true, position: 'right', ...words, formatter: ({ value }) => label(Number(value)) },
    }],
  }
}

/** How many were registered on each day. */
function line(rows: { day: string; count: number }[]): ChartOption {
  return {
    animation: false,
    grid: { left: 8, right: 24, top: 28, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: rows.map(({ day }) => day.slice(5)), axisLabel: words },
    yAxis: { type: 'value', minInterval: 1, axisLabel: words },
    series: [{
      type: 'line', name: '注册', symbolSize: 7, lineStyle: { width: 2.5, color: brand() }, itemStyle: { color: brand() }, data: rows.map(({ count }) => count),
      label: { show: true, position: 'top', ...words, formatter: ({ value }) => (Number(value) > 0 ? String(value) : '') },
    }],
  }
}
