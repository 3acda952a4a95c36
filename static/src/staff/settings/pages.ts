import { defineAsyncComponent, type Component } from 'vue'
import type { Permission } from '../api/me'
import { may } from '../session'

interface SettingsPage { page: string; title: string; may: Permission; component: Component }

const page = (name: string, title: string, permission: Permission, load: () => Promise<{ default: Component }>): SettingsPage => ({
  page: name, title, may: permission, component: defineAsyncComponent(load),
})

/** The pages of an intake's settings, in the order of the work before an opening. */
export const pages: SettingsPage[] = [
  page('window', '办理时间与规则', 'intakes', () => import('./WindowSettings.vue')),
  page('notice', '通知与文本', 'intakes', () => import('./NoticeSettings.vue')),
  page('brand', '学校与联系方式', 'intakes', () => import('./BrandSettings.vue')),
  page('fields', '登记表', 'intakes', () => import('./FieldsSettings.vue')),
  page('photo', '照片与附件', 'intakes', () => import('./PhotoSettings.vue')),
  page('review', '审核', 'intakes', () => import('./ReviewSettings.vue')),
  page('number', '学号规则', 'intakes', () => import('./NumberSettings.vue')),
  page('tuition', '收费标准', 'settings', () => import('./TuitionSettings.vue')),
  page('messages', '消息模板', 'intakes', () => import('./MessagesSettings.vue')),
  page('reserve', '保留入学资格', 'intakes', () => import('./ReserveSettings.vue')),
  page('check', '开放检查', 'intakes', () => import('./CheckSettings.vue')),
  page('history', '修改记录', 'settings', () => import('./HistorySettings.vue')),
]

/** The pages that the person may open. */
export const ownPages = () => pages.filter((each) => may(each.may))
export const firstPage = () => ownPages()[0]?.page ?? 'history'
