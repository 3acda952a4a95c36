import type { RouteRecordRaw } from 'vue-router'
import LoginPage from './LoginPage.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** The page's name, in WeChat's title bar too. */
    title: string
    /** Readable before login. */
    public?: boolean
    /** Which versioned text a TextPage shows. */
    text?: 'privacy' | 'terms'
  }
}

const open = (title: string) => ({ title, public: true })

/** Every page of a student. Login comes with the first load, all others when they are needed. */
export const routes: RouteRecordRaw[] = [
  { path: '/login', component: LoginPage, meta: open('新生注册登录') },
  { path: '/notice', component: () => import('./NoticePage.vue'), meta: open('通知公告') },
  { path: '/prepare', component: () => import('./PreparePage.vue'), meta: open('办理前请准备') },
  { path: '/tuition', component: () => import('./TuitionPage.vue'), meta: open('收费标准') },
  { path: '/privacy', component: () => import('./TextPage.vue'), meta: { ...open('个人信息处理规则'), text: 'privacy' } },
  { path: '/terms', component: () => import('./TextPage.vue'), meta: { ...open('用户须知'), text: 'terms' } },
  { path: '/help', component: () => import('./HelpPage.vue'), meta: open('帮助与联系') },
  { path: '/pay-for', component: () => import('./PayForPage.vue'), meta: open('代付学费') },
  { path: '/handoff', component: () => import('./HandoffPage.vue'), meta: open('手机继续办理') },
  { path: '/choose', component: () => import('./ChoosePage.vue'), meta: { title: '选择录取信息' } },
  { path: '/name-check', component: () => import('./NameCheckPage.vue'), meta: open('姓名核对申请') },
  { path: '/home', component: () => import('./HomePage.vue'), meta: { title: '新生入学办理' } },
  { path: '/consent', component: () => import('./ConsentPage.vue'), meta: { title: '人脸信息处理同意书' } },
  { path: '/face', component: () => import('./FacePage.vue'), meta: { title: '人脸识别' } },
  { path: '/face/archive', component: () => import('./FaceArchivePage.vue'), meta: { title: '照片存档' } },
  { path: '/face/other', component: () => import('./OtherIdentityPage.vue'), meta: { title: '其他核验方式' } },
  { path: '/identity', component: () => import('./IdentityPage.vue'), meta: { title: '身份信息核对' } },
  { path: '/correction', component: () => import('./CorrectionPage.vue'), meta: { title: '信息更正申请' } },
  { path: '/form/basic', component: () => import('./BasicPage.vue'), meta: { title: '新生入学登记表' } },
  { path: '/form/family', component: () => import('./FamilyPage.vue'), meta: { title: '新生入学登记表' } },
  { path: '/form/education', component: () => import('./EducationPage.vue'), meta: { title: '新生入学登记表' } },
  { path: '/form/attachments', component: () => import('./AttachmentsPage.vue'), meta: { title: '新生入学登记表' } },
  { path: '/review', component: () => import('./ReviewPage.vue'), meta: { title: '核对并提交' } },
  { path: '/commitment', component: () => import('./CommitmentPage.vue'), meta: { title: '专升本人员诚信承诺书' } },
  { path: '/returned', component: () => import('./ReturnedPage.vue'), meta: { title: '退回修改' } },
  { path: '/pay', component: () => import('./PayPage.vue'), meta: { title: '缴纳学费' } },
  { path: '/pay/result', component: () => import('./PayResultPage.vue'), meta: { title: '支付结果确认' } },
  { path: '/done', component: () => import('./DonePage.vue'), meta: { title: '注册完成' } },
  { path: '/progress', component: () => import('./ProgressPage.vue'), meta: { title: '办理进度' } },
  { path: '/reserve', component: () => import('./ReservePage.vue'), meta: { title: '保留入学资格申请' } },
  { path: '/give-up', component: () => import('./GiveUpPage.vue'), meta: { title: '放弃入学资格申请' } },
  { path: '/resume', component: () => import('./ResumePage.vue'), meta: { title: '恢复入学申请' } },
  { path: '/leave', component: () => import('./LeavePage.vue'), meta: { title: '退学退费申请' } },
  { path: '/application', component: () => import('./ApplicationPage.vue'), meta: { title: '申请进度' } },
  { path: '/me', component: () => import('./MePage.vue'), meta: { title: '我的信息' } },
  { path: '/me/phone', component: () => import('./ChangePhonePage.vue'), meta: { title: '更换手机号' } },
  { path: '/:unknown(.*)*', redirect: '/' },
]
