package enroll

import (
	"maps"
	"slices"
)

// auditActions are the Chinese words of what the audit log records; a word that is missing here is shown as it is.
var auditActions = map[string]string{
	"login": "登录", "login_failed": "登录失败", "logout": "退出登录", "confirm": "再次确认身份",
	"password": "修改密码", "first_password": "给初始密码", "totp_enrolled": "绑定动态口令", "recovery_used": "使用恢复码", "recovery_renewed": "重新生成恢复码",
	"staff_add": "新建账号", "staff_edit": "修改账号", "staff_disable": "停用账号", "staff_enable": "启用账号", "staff_renew": "账号续期", "staff_reset": "重置账号", "staff_idle": "闲置停用",
	"assist": "现场代办", "remind": "提醒学生", "unmask": "查看完整号码", "in_person": "当面核验身份", "download": "下载文件",
	"student_extend": "延长办理时间", "student_attempts": "增加人脸识别次数", "student_bind": "绑定手机号", "student_unbind": "解除绑定", "student_unlock": "解除登录限制", "student_code": "发放登录码",
	"student_correct": "更正录取信息", "student_number": "补发学号", "student_approve": "审核通过", "student_send_back": "退回修改", "student_lapse": "逾期",
	"student_reinstate": "恢复办理", "student_cancel": "取消入学资格",
	"look": "查看个人信息", "audit_verify": "校验日志", "job": "开始任务", "job_cancel": "取消任务",
	"approval_ask": "提请复核", "approval_confirmed": "复核同意", "approval_refused": "复核驳回", "approval_withdrawn": "撤回复核",
	"export": "导出", "roster_import": "导入名单", "roster_undo": "撤销导入", "settings": "修改设置", "tuition": "修改收费标准",
	"push_create": "新建通知", "push_edit": "修改通知", "push_start": "发送通知", "push_approve": "复核通知", "push_pause": "暂停通知",
	"push_resume": "继续通知", "push_cancel": "取消通知", "push_resend": "重发通知", "push_test": "测试通知", "push_export": "导出通知失败名单", "calendar": "修改工作日历",
	"intake_open": "新建批次", "text": "修改文本", "point": "修改教学点", "program": "修改专业", "menu_push": "推送菜单", "menu_restore": "恢复菜单",
	"review_pass": "审核台通过", "review_return": "审核台退回", "review_first_pass": "初审通过", "review_first_return": "初审建议退回", "proof_evidence": "上传核验截图",
	"case_close": "处理异常", "case_apply": "异常款项入账", "export_mapping": "保存导出方案", "export_mapping_drop": "删除导出方案",
	"roster_resume": "继续导入", "roster_give_up": "放弃导入",
	"gate_pause": "暂停通道", "gate_open": "恢复通道", "alert_look": "查看风险提示", "poster": "下载海报", "digest": "设置每日待办", "check": "检查配置", "outbox_resend": "重发未送达的消息",
}

// AuditActions lists the words that the log may be searched for, in a fixed order.
func AuditActions() []string { return slices.Sorted(maps.Keys(auditActions)) }

// ActionName is the Chinese word of what was done.
func (a Audit) ActionName() string {
	if name, ok := auditActions[a.Action]; ok {
		return name
	}
	return a.Action
}

// wrongSteps are the Chinese words of what was wrong in a login.
var wrongSteps = map[string]string{"password": "密码不对", "totp": "动态口令不对", "recovery": "恢复码不对"}

// WrongStep says what was wrong in a login that failed.
func WrongStep(step string) string {
	if words, ok := wrongSteps[step]; ok {
		return words
	}
	return step
}
