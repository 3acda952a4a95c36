package enroll

import "maps"

// settingNames are the Chinese words of the settings, as the staff site and its history call them.
var settingNames = map[string]string{
	"name": "批次名称", "opens": "开始时间", "closes": "结束时间",
	"grace_hours": "宽限（小时）", "pay_days": "提交后可缴费（天）", "school_year": "学年", "refund_rule": "退费规定", "roster_phone": "首次只能用名单上的手机号", "phones_abroad": "境外手机号", "read_cards": "身份证识别",
	"face_hours": "人脸识别有效（小时）", "captcha": "可疑登录时显示图形验证码", "h5_pay": "手机浏览器支付（H5）", "give_up_by_code": "放弃入学只验短信",
	"review": "先审核后缴费", "first_review": "教学点初审", "review_limits": "审核时限", "review_reasons": "退回原因库", "in_person_two": "线下核验须两人",
	"fields": "登记表各项", "dictionaries": "字典", "photo": "证件照", "id_photo": "证件照片", "proof": "学历证明等材料",
	"number_rule": "学号规则", "levels": "层次代码", "messages": "消息模板", "sms_full_number": "短信可写完整学号", "reminders": "自动提醒",
	"reserve": "保留入学资格的原因", "school": "学校名称", "platform": "平台名称", "logo": "校徽", "colour": "主色", "contacts": "联系方式",
	"portal_url": "学习平台地址", "payee": "收款单位", "footer": "页脚",
}

// SettingName is the Chinese word of a setting by its key; the key itself where there is none.
func SettingName(key string) string {
	if name, ok := settingNames[key]; ok {
		return name
	}
	return key
}

// settingParts are the words of what stands within a setting, by its path; * is
// any one key, and a value that is a word itself stands behind =.
var settingParts = map[string]string{
	"photo.width": "宽（像素）", "photo.height": "高（像素）", "photo.max_bytes": "最大（字节）", "photo.min_bytes": "最小（字节）",
	"id_photo.width": "宽（像素）", "id_photo.height": "高（像素）", "id_photo.max_bytes": "最大（字节）", "id_photo.min_bytes": "最小（字节）",
	"proof.width": "宽（像素）", "proof.height": "高（像素）", "proof.max_bytes": "最大（字节）", "proof.min_bytes": "最小（字节）",
	"contacts.phones": "电话", "contacts.email": "邮箱", "contacts.qq": "QQ 群", "contacts.hours": "服务时间",
	"messages.*.wechat": "微信模板", "messages.*.keywords": "关键词对应", "messages.*.sms": "短信模板", "messages.*.sms_abroad": "境外短信模板", "messages.*.vars": "短信变量",
	"reminders.*.off": "停用", "reminders.*.days": "天数",
	"review_reasons.*.kind": "类别", "review_reasons.*.item": "项目", "review_reasons.*.text": "原因",
	"reserve.*.code": "代码", "reserve.*.text": "原因", "reserve.*.proof": "证明材料", "reserve.*.proof_required": "必须上传证明", "reserve.*.months": "可保留（月）",
	"reserve.*.after_discharge": "自退役起算", "reserve.*.resume_proof": "恢复时的证明",
	"dictionaries.*.code": "代码", "dictionaries.*.text": "文字",
	"fields.*=required": "必填", "fields.*=optional": "选填", "fields.*=hidden": "不显示",
}

// SettingNames are the Chinese words of all settings and of what stands within them, by path (修改记录).
func SettingNames() map[string]string {
	names := maps.Clone(settingNames)
	maps.Copy(names, settingParts)
	for _, f := range FieldChoices() {
		names["fields."+f.Path] = f.Label
		for _, level := range Levels {
			names["fields."+string(level)+":"+f.Path] = f.Label + "（" + string(level) + "）"
		}
	}
	for _, r := range MessageRules {
		names["messages."+r.Event] = r.Name
	}
	for _, f := range MessageFields {
		names["messages.*.keywords.*="+f.Key], names["messages.*.vars.*="+f.Key] = f.Name, f.Name
	}
	for _, r := range ReminderRules {
		names["reminders."+string(r.Rule)] = r.Name
	}
	for _, r := range ReviewRules {
		names["review_limits."+string(r.Kind)], names["review_reasons.*.kind="+string(r.Kind)] = r.Name, r.Name
	}
	for _, t := range ReturnTargets {
		names["review_reasons.*.item="+t.Item] = t.Title
	}
	for _, d := range CollegeDictionaries {
		names["dictionaries."+d.Name] = d.Title
	}
	return names
}
