package enroll

// MessageRule says how the student hears of an event (消息): whether the SMS
// goes out beside the template message or only where that cannot arrive, and
// which page the message opens. The wording and templates are settings.
type MessageRule struct {
	Event string
	Name  string
	// AlsoSMS sends the SMS in any case; otherwise only without WeChat.
	AlsoSMS bool
	// Link is the page behind /go/.
	Link string
	// Undelivered sends the SMS after WeChat reports that the message did not arrive.
	Undelivered bool
}

// The events that a student is told of; staff's pushes come with their own.
const (
	MessageIdentityDecided   = "identity_decided"
	MessageCorrectionDecided = "correction_decided"
	MessageReturned          = "returned"
	MessageNumberIssued      = "number_issued"
	MessagePhoneBound        = "phone_bound"
	MessageApplication       = "application"
	MessageReservedEnding    = "reserved_ending"
	MessageReminder          = "reminder"
	MessageRefund            = "refund"
	MessageExtension         = "extension_granted"
	MessageTuitionMissing    = "tuition_missing"
	// MessageDigest goes to staff: what waits for them today.
	MessageDigest = "staff_digest"
)

// MessageRules is the one table of messages (pages.md).
var MessageRules = []MessageRule{
	{MessageIdentityDecided, "身份核验审核结果", false, "face", false},
	{MessageCorrectionDecided, "更正或姓名核对结果", true, "progress", false},
	{MessageReturned, "退回修改", false, "home", false},
	{MessageNumberIssued, "学号已生成", false, "done", true},
	{MessagePhoneBound, "手机绑定变更", true, "me", false},
	{MessageApplication, "申请进度", false, "application", false},
	{MessageReservedEnding, "保留资格即将到期", false, "home", false},
	{MessageReminder, "办理提醒", false, "home", false},
	{MessageRefund, "退款进度", true, "pay", false},
	{MessageExtension, "已获延期或增加次数", false, "home", false},
	{MessageTuitionMissing, "学费标准待补", false, "review", false},
	{MessageDigest, "工作人员每日待办", false, "staff", false},
}

// MessageFields are what a message may say, with their Chinese words; every message knows the first row.
var MessageFields = []struct{ Key, Name string }{
	{"name", "姓名"}, {"school", "学校"}, {"intake", "批次"}, {"program", "专业"}, {"level", "层次"}, {"time", "时间"}, {"contact", "联系电话"},
	{"number", "学号"}, {"matter", "事项"}, {"result", "结果"}, {"reason", "原因"}, {"phone", "手机号（隐去中间）"}, {"until", "截止日期"}, {"amount", "金额"}, {"state", "状态"},
}

// MessageRuleOf finds the rule of an event.
func MessageRuleOf(event string) (MessageRule, bool) {
	for _, r := range MessageRules {
		if r.Event == event {
			return r, true
		}
	}
	return MessageRule{}, false
}

// SMSFor is the SMS template for a phone: one abroad has its own where the intake names one.
func (m Message) SMSFor(p Phone) string {
	if p.Abroad() != "" && m.SMSAbroad != "" {
		return m.SMSAbroad
	}
	return m.SMS
}

// FieldLimit is how many characters a template keyword of a type holds (WeChat:
// thing 20, character_string 32, name 10, phrase 5 …); 0 means no known limit.
func FieldLimit(keyword string) int {
	kind := keyword
	for kind != "" && kind[len(kind)-1] >= '0' && kind[len(kind)-1] <= '9' {
		kind = kind[:len(kind)-1]
	}
	return map[string]int{
		"thing": 20, "character_string": 32, "number": 32, "letter": 32, "symbol": 5,
		"phone_number": 17, "car_number": 8, "name": 10, "phrase": 5,
	}[kind]
}
