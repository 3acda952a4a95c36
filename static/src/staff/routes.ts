import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { Permission } from './api/me'

export type Group = '工作' | '名单' | '财务' | '设置' | '系统'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may open the page; everybody before login where it is missing. */
    may?: Permission
    /** Where it stands in the left menu; a page without one is reached from another. */
    group?: Group
    /** The page that it is reached from, for the breadcrumbs. */
    under?: string
  }
}

type Page = () => Promise<{ default: Component }>

const open = (path: string, title: string, component: Page): RouteRecordRaw => ({ path, component, meta: { title, public: true } })
const menu = (group: Group, path: string, title: string, may: Permission, component: Page): RouteRecordRaw => ({
  path, component, meta: { title, may, group },
})
/** A page below another, such as one student's; add to the file when the first one is needed. */
export const below = (under: string, path: string, title: string, may: Permission, component: Page): RouteRecordRaw => ({
  path, component, meta: { title, may, under },
})

/** Every page of the staff site; the left menu is made from it, in this order. */
export const routes: RouteRecordRaw[] = [
  open('/login', '登录', () => import('./LoginPage.vue')),
  open('/totp', '动态口令', () => import('./TotpPage.vue')),
  open('/totp/enrol', '绑定动态口令', () => import('./EnrolPage.vue')),
  open('/recover', '恢复码', () => import('./RecoverPage.vue')),
  open('/password', '设置新密码', () => import('./PasswordPage.vue')),
  menu('工作', '/dashboard', '总览', 'work', () => import('./DashboardPage.vue')),
  menu('工作', '/opening', '开放日状态', 'opening', () => import('./OpeningPage.vue')),
  menu('工作', '/worklist', '待办', 'remind', () => import('./WorklistPage.vue')),
  menu('工作', '/students', '学生', 'students', () => import('./StudentsPage.vue')),
  below('/students', '/students/:id', '学生档案', 'students', () => import('./StudentPage.vue')),
  below('/students', '/students/:id/assist', '代办登记', 'assist', () => import('./AssistPage.vue')),
  below('/students', '/students/:id/correct', '更正录取信息', 'decide', () => import('./CorrectPage.vue')),
  menu('工作', '/approvals', '待复核', 'confirm', () => import('./ApprovalsPage.vue')),
  menu('财务', '/orders', '订单', 'finance', () => import('./OrdersPage.vue')),
  menu('财务', '/cases', '异常', 'finance', () => import('./CasesPage.vue')),
  menu('工作', '/review', '审核台', 'review', () => import('./ReviewPage.vue')),
  menu('工作', '/applications', '申请', 'applications', () => import('./ApplicationsPage.vue')),
  menu('工作', '/reserved', '保留资格名册', 'applications', () => import('./ReservedPage.vue')),
  menu('工作', '/alerts', '风险提示', 'alerts', () => import('./AlertsPage.vue')),
  menu('名单', '/roster', '录取名单', 'roster', () => import('./RosterPage.vue')),
  below('/roster', '/roster/import/:job', '导入名单', 'roster', () => import('./RosterImportPage.vue')),
  menu('名单', '/photos', '录取照片导入', 'roster', () => import('./PhotosPage.vue')),
  menu('名单', '/exports', '导出', 'exports', () => import('./ExportsPage.vue')),
  menu('工作', '/push', '通知推送', 'push', () => import('./PushesPage.vue')),
  below('/push', '/push/new', '新建通知', 'push', () => import('./PushNewPage.vue')),
  below('/push', '/push/:id', '推送进度', 'push', () => import('./PushPage.vue')),
  menu('工作', '/jobs', '任务进度', 'work', () => import('./JobsPage.vue')),
  menu('设置', '/intakes', '批次设置', 'settings', () => import('./IntakesPage.vue')),
  below('/intakes', '/intakes/:id/:page', '本批次', 'settings', () => import('./IntakePage.vue')),
  menu('设置', '/programs', '专业', 'places', () => import('./ProgramsPage.vue')),
  menu('设置', '/points', '教学点', 'places', () => import('./PointsPage.vue')),
  menu('设置', '/dictionaries', '字典', 'places', () => import('./DictionariesPage.vue')),
  menu('设置', '/calendar', '工作日历', 'intakes', () => import('./CalendarPage.vue')),
  menu('设置', '/menu', '公众号菜单', 'menu', () => import('./MenuPage.vue')),
  menu('系统', '/accounts', '账号与角色', 'accounts', () => import('./AccountsPage.vue')),
  menu('系统', '/audit', '操作日志', 'accounts', () => import('./AuditPage.vue')),
  menu('系统', '/system', '运行状态', 'accounts', () => import('./SystemPage.vue')),
  menu('系统', '/me', '我的账号', 'work', () => import('./MePage.vue')),
]
