import type { Role } from './api/me'

/** The roles of the college, and in one sentence what each is for. */
export const roles: { role: Role; title: string; does: string }[] = [
  { role: 'admin', title: '管理员', does: '账号、操作日志、公众号菜单和运行状态；看学生资料时脱敏。' },
  { role: 'registrar', title: '学籍', does: '名单、审核、申请、批次设置和导出。' },
  { role: 'finance', title: '财务', does: '收费标准、订单、异常和财务导出。' },
  { role: 'clerk', title: '教学点', does: '只看本教学点的学生，代办登记和初审。' },
]
