package enroll

// settingNames are the Chinese words of the settings, as the staff site and its history call them.
var settingNames = map[string]string{
	"name": "批次名称", "opens": "开始时间", "closes": "结束时间",
	"grace_hours": "宽限（小时）", "pay_days": "提交后可缴费（天）", "school_year": "学年", "refund_rule": "退费规定", "roster_phone": "首次只能用名单上的手机号", "phones_abroad": "境外手机号", "read_cards": "身份证识别",
	"face_hours": "人脸识别有效（小时）", "captcha": "可疑登录时显示图形验证码", "h5_pay": "手机浏览器支付（H5）", "give_up_by_code": "放弃入学只验短信",
	"review": "先审核后缴费", "first_review": "教学点初审", "review_limits": "审核时限", "review_reasons": "退回原因库", "in_person_two": "线下核验须两人",
	"fields": "登记表各项", "dictionaries": "字典", "photo": "证件照", "id_photo": "证件照片", "proof": "学历证明等材料",
	"number_rule": "学号规则", "levels": "层次代码", "messages": "消息模板", "sms_full_number": "短信可写完整学号", "reminders": "自动提醒",
	"reserve": "保留入学资格的原因", "school": "学校名称", "platform": "平台名称", "logo": "校徽", "colour": "主色", "contacts": "联系方式",
	"portal_url": "学生端地址", "payee": "收款单位", "footer": "页脚",
}

// SettingName is the Chinese word of a setting by its key; the key itself where there is none.
func SettingName(key string) string {
	if name, ok := settingNames[key]; ok {
		return name
	}
	return key
}
