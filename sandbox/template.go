package sandbox

// Template is a text approved in a vendor's console.
type Template struct {
	Event    string    // our event that it is meant for
	Title    string    // of a WeChat template
	Keywords []Keyword // of a WeChat template, in order
	Text     string    // of an SMS template, with {1}, {2} … for its parameters
	Abroad   bool      // an SMS template for phones outside the mainland (国际/港澳台短信), which refuses those inside
}

// Keyword is a variable of a WeChat template; the letters before its digits are its type and set its limits.
type Keyword struct{ Name, Label string }

// smsTemplates are the texts approved for every world's cloud account: each for
// phones of the mainland, and once more, as number_abroad, for phones abroad.
func smsTemplates() []Template {
	list := mainlandTemplates()
	for _, t := range mainlandTemplates() {
		t.Event, t.Abroad = t.Event+"_abroad", true
		list = append(list, t)
	}
	return list
}

func mainlandTemplates() []Template {
	return []Template{
		{Event: "login", Text: "您的验证码为{1}，{2}分钟内有效。如非本人操作，请忽略。"},
		{Event: "number", Text: "您已完成新生注册，学号为{1}。"},
		{Event: "text", Text: "您已完成新生注册，请登录新生注册页面查看学号。"},
		{Event: "decision", Text: "您的身份审核已有结果，请登录新生注册页面查看。"},
		{Event: "correction", Text: "您的信息更正已有结果，请登录新生注册页面查看。"},
		{Event: "returned", Text: "您提交的材料需要修改，请登录新生注册页面查看。"},
		{Event: "phone", Text: "您的新生注册绑定的手机号或微信已变更，如非本人操作，请立即联系学校。"},
		{Event: "application", Text: "您的申请有新进展，请登录新生注册页面查看。"},
		{Event: "reminder", Text: "您的新生注册尚未办完，请在{1}前登录新生注册页面办理。"},
		{Event: "refund", Text: "您的退款有新进展，请登录新生注册页面查看。"},
		{Event: "extension", Text: "您的办理时间已延长至{1}，请登录新生注册页面办理。"},
	}
}

// wechatTemplates are the category templates (类目模板) that every world's account has chosen.
func wechatTemplates() []Template {
	result := []Keyword{{"thing1", "办理事项"}, {"phrase2", "结果"}, {"thing3", "说明"}, {"time4", "时间"}}
	notice := []Keyword{{"thing1", "办理事项"}, {"thing2", "提示"}, {"time3", "时间"}}
	return []Template{
		{Event: "number", Title: "学号生成通知", Keywords: []Keyword{
			{"thing1", "学生姓名"}, {"character_string2", "学号"}, {"thing3", "专业"}, {"time4", "注册时间"}}},
		{Event: "decision", Title: "身份审核结果通知", Keywords: result},
		{Event: "correction", Title: "信息更正结果通知", Keywords: result},
		{Event: "returned", Title: "材料退回通知", Keywords: notice},
		{Event: "phone", Title: "手机号变更通知", Keywords: []Keyword{
			{"thing1", "办理事项"}, {"phone_number2", "新手机号"}, {"time3", "时间"}}},
		{Event: "application", Title: "申请进展通知", Keywords: result},
		{Event: "reminder", Title: "办理截止提醒", Keywords: notice},
		{Event: "refund", Title: "退款进展通知", Keywords: []Keyword{
			{"thing1", "退款事项"}, {"amount2", "金额"}, {"phrase3", "状态"}, {"time4", "时间"}}},
		{Event: "extension", Title: "办理时间延长通知", Keywords: notice},
	}
}
