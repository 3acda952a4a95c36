package enroll

import (
	"strconv"
	"strings"
	"time"
)

// PushCarrier is how a notice of staff travels (载体).
type PushCarrier string

// The carriers: a template message, a subscription notice to those who agreed, or an SMS.
const (
	PushTemplate  PushCarrier = "template"
	PushSubscribe PushCarrier = "subscribe"
	PushSMS       PushCarrier = "sms"
)

// PushCarriers lists the carriers with their Chinese names.
var PushCarriers = []struct {
	Carrier PushCarrier
	Name    string
}{{PushTemplate, "模板消息"}, {PushSubscribe, "订阅通知"}, {PushSMS, "短信"}}

// Name is the Chinese word of a carrier.
func (c PushCarrier) Name() string {
	for _, row := range PushCarriers {
		if row.Carrier == c {
			return row.Name
		}
	}
	return string(c)
}

// PushState says how far a push is (推送状态).
type PushState string

// The states of a push. A building or running one whose NextAt lies ahead waits
// for it: for its schedule, or for the end of a quota's day.
const (
	PushDraft     PushState = "draft"
	PushPending   PushState = "pending"  // waits for a second person
	PushBuilding  PushState = "building" // recipients are written down and their values checked
	PushRunning   PushState = "running"
	PushPaused    PushState = "paused"
	PushStopped   PushState = "stopped" // needs a person: a value or a template was refused
	PushCancelled PushState = "cancelled"
	PushDone      PushState = "done"
)

// PushStates lists the states with their Chinese names.
var PushStates = []struct {
	State PushState
	Name  string
}{
	{PushDraft, "草稿"}, {PushPending, "待复核"}, {PushBuilding, "核对名单"}, {PushRunning, "发送中"}, {PushPaused, "已暂停"},
	{PushStopped, "已停止"}, {PushCancelled, "已取消"}, {PushDone, "已完成"},
}

// Name is the Chinese word of a push's state.
func (s PushState) Name() string {
	for _, row := range PushStates {
		if row.State == s {
			return row.Name
		}
	}
	return string(s)
}

// Ended says that nothing more is sent unless a person sends failures again.
func (s PushState) Ended() bool { return s == PushDone || s == PushCancelled }

// PushVerb is what a person does to a push.
type PushVerb string

// The verbs of a push.
const (
	PushStart   PushVerb = "start"
	PushApprove PushVerb = "approve"
	PushPause   PushVerb = "pause"
	PushResume  PushVerb = "resume"
	PushCancel  PushVerb = "cancel"
	PushResend  PushVerb = "resend"
)

// PushVerbs lists the verbs in the order in which they come up.
var PushVerbs = []PushVerb{PushStart, PushApprove, PushPause, PushResume, PushCancel, PushResend}

var pushVerbs = map[PushVerb][]PushState{
	PushStart:   {PushDraft},
	PushApprove: {PushPending},
	PushPause:   {PushBuilding, PushRunning},
	PushResume:  {PushPaused, PushStopped},
	PushCancel:  {PushDraft, PushPending, PushBuilding, PushRunning, PushPaused, PushStopped},
	PushResend:  {PushRunning, PushPaused, PushDone},
}

// PushAllows says whether a push in this state takes a verb, and if not, in which state it is: push_state.
func PushAllows(state PushState, verb PushVerb) error {
	for _, from := range pushVerbs[verb] {
		if from == state {
			return nil
		}
	}
	return Fail("push_state", state.Name())
}

// Occasion is why students are written to; template messages serve these only (用途).
type Occasion string

// Occasions lists what a push may be about, with its Chinese name.
var Occasions = []struct {
	Occasion Occasion
	Name     string
}{
	{"deadline", "期限提醒"}, {"result", "结果通知"}, {"missing", "缺少材料"}, {"payment", "缴费通知"},
	{"change", "安排变更"}, {"visit", "到校办理"},
}

// Name is the Chinese word of an occasion, or "" where there is no such one.
func (o Occasion) Name() string {
	for _, row := range Occasions {
		if row.Occasion == o {
			return row.Name
		}
	}
	return ""
}

// Push is a notice of staff to many students (通知推送).
type Push struct {
	ID        string
	Intake    string
	Title     string // for staff only
	Occasion  Occasion
	Letter    PushLetter
	Selection PushSelection
	State     PushState
	// Reason says why it waits or stopped (a PushHold), Detail what exactly.
	Reason PushHold
	Detail string
	NextAt time.Time
	Total  int
	// MadeBy is who wrote it last, and once it is started, who started it; ApprovedBy is somebody else.
	MadeBy     string
	ApprovedBy string
	CreatedAt  time.Time
	StartedAt  time.Time
	EndedAt    time.Time
	// Version counts how often the draft was changed.
	Version int
	// Cursor is the last registration that is written down as a recipient.
	Cursor string
}

// StateName is the Chinese word of how a push stands: one that waits for its hour is 已定时.
func (p Push) StateName() string {
	if p.State == PushBuilding && p.Reason == HoldSchedule {
		return "已定时"
	}
	return p.State.Name()
}

// PushLetter is what is sent: texts may hold fields of the student as {name}.
type PushLetter struct {
	Carrier PushCarrier `json:"carrier"`
	// SMSFallback sends an SMS to whom WeChat finally refuses.
	SMSFallback bool `json:"sms_fallback"`
	// Template is the account's template, Keywords its variables in order with our text.
	Template string        `json:"template"`
	Name     string        `json:"name"`
	Keywords []PushKeyword `json:"keywords"`
	// SMS is the approved SMS template, Vars our text for its variables in order.
	SMS  string   `json:"sms"`
	Vars []string `json:"vars"`
	// Link is the page behind /go/ that the message opens.
	Link string `json:"link"`
}

// PushKeyword is one line of a template message: the account's keyword, its words on the phone, our text.
type PushKeyword struct {
	Keyword string `json:"keyword"`
	Label   string `json:"label"`
	Text    string `json:"text"`
}

// PushHold says why a push waits or stopped.
type PushHold string

// The reasons why a push waits or stopped.
const (
	HoldSchedule PushHold = "schedule"
	HoldQuota    PushHold = "wechat_quota"
	HoldBudget   PushHold = "sms_budget"
	HoldValue    PushHold = "value"
	HoldTemplate PushHold = "template"
	HoldAccount  PushHold = "account"
	HoldReach    PushHold = "reach"
	HoldNight    PushHold = "night"
)

// PushHolds lists the reasons with their Chinese sentence.
var PushHolds = []struct {
	Hold PushHold
	Text string
}{
	{HoldSchedule, "定时发送"}, {HoldQuota, "公众号今日额度用完，明日继续"}, {HoldBudget, "今日短信预算用完，明日继续"},
	{HoldValue, "有内容被微信拒绝，请核对后继续或取消"}, {HoldTemplate, "模板不可用，请在公众平台核对"},
	{HoldAccount, "公众号没有此接口权限，请在公众平台核对"}, {HoldReach, "人数增加，需要第二人复核"},
	{HoldNight, "夜间（21 点到 8 点）不补发短信，8 点继续"},
}

// Text is the Chinese sentence of a reason.
func (h PushHold) Text() string {
	for _, row := range PushHolds {
		if row.Hold == h {
			return row.Text
		}
	}
	return string(h)
}

// PushSelection says who is written to; empty lists mean everybody.
type PushSelection struct {
	Statuses []Status  `json:"statuses,omitempty"`
	Steps    []StepKey `json:"steps,omitempty"`
	Points   []string  `json:"points,omitempty"`   // codes
	Programs []string  `json:"programs,omitempty"` // numbers
	// Money is paid or unpaid; empty for both.
	Money string `json:"money,omitempty"`
	// Listed is how many 考生号 were uploaded; only those are written to where it is not 0.
	Listed int `json:"listed,omitempty"`
}

// The two sides of a selection by money.
const (
	PushPaid   = "paid"
	PushUnpaid = "unpaid"
)

// RecipientState says what became of one recipient's message.
type RecipientState string

// The states of a recipient. Accepted is 已受理: delivered is said only after WeChat's report.
const (
	RecipientWaiting   RecipientState = "waiting"
	RecipientSending   RecipientState = "sending"
	RecipientAccepted  RecipientState = "accepted"
	RecipientDelivered RecipientState = "delivered"
	RecipientFailed    RecipientState = "failed"
	RecipientUnknown   RecipientState = "unknown"
	RecipientDropped   RecipientState = "dropped"
)

// RecipientStates lists the states with their Chinese names.
var RecipientStates = []struct {
	State RecipientState
	Name  string
}{
	{RecipientWaiting, "待发送"}, {RecipientSending, "发送中"}, {RecipientAccepted, "已受理"}, {RecipientDelivered, "已送达"},
	{RecipientFailed, "失败"}, {RecipientUnknown, "结果不明"}, {RecipientDropped, "未发送"},
}

// Name is the Chinese word of a recipient's state.
func (s RecipientState) Name() string {
	for _, row := range RecipientStates {
		if row.State == s {
			return row.Name
		}
	}
	return string(s)
}

// PushFailure says why a message did not reach somebody.
type PushFailure string

// The reasons of a failure.
const (
	FailNotFollowing PushFailure = "not_following"
	FailOpenID       PushFailure = "openid"
	FailBlocked      PushFailure = "blocked"
	FailWeChat       PushFailure = "wechat"
	FailNotAgreed    PushFailure = "not_agreed"
	FailNoWay        PushFailure = "no_way"
	FailValue        PushFailure = "value"
	FailBusy         PushFailure = "busy"
	FailSMS          PushFailure = "sms"
	FailUnknown      PushFailure = "unknown"
)

// PushFailures lists the reasons with their Chinese sentence.
var PushFailures = []struct {
	Failure PushFailure
	Text    string
}{
	{FailNotFollowing, "未关注公众号"}, {FailOpenID, "微信号无效"}, {FailBlocked, "用户拒收公众号消息"}, {FailWeChat, "微信未能送达"},
	{FailNotAgreed, "未同意订阅通知"}, {FailNoWay, "没有可用的微信或手机号"}, {FailValue, "内容不合微信要求"},
	{FailBusy, "对方系统繁忙，多次未成"}, {FailSMS, "短信被拒收"}, {FailUnknown, "结果不明，请人工核对后决定是否重发"},
}

// Text is the Chinese sentence of a failure.
func (f PushFailure) Text() string {
	for _, row := range PushFailures {
		if row.Failure == f {
			return row.Text
		}
	}
	return string(f)
}

// PushRecipient is one student of a push, with the words as they are sent.
type PushRecipient struct {
	ID           string
	Push         string
	Registration string
	OpenID       string
	Carrier      PushCarrier
	State        RecipientState
	Failure      PushFailure
	// Code is the vendor's own code of the last failure.
	Code     string
	Content  PushContent
	Attempts int
	// Round counts how often a person sent it again; each is a new message to the vendor.
	Round       int
	NextAt      time.Time
	TriedAt     time.Time
	UnsureSince time.Time
	MsgID       string
	SentAt      time.Time
}

// PushContent is what one recipient's message says, kept sealed.
type PushContent struct {
	ExamNo string            `json:"exam_no"`
	Name   string            `json:"name"`
	Phone  string            `json:"phone,omitempty"`
	Values map[string]string `json:"values,omitempty"`
	Vars   []string          `json:"vars,omitempty"`
}

// PushCounts counts a push's recipients by state, and its failures by reason.
type PushCounts struct {
	States   map[RecipientState]int
	Failures map[PushFailure]int
}

// Sent is how many messages a vendor has taken.
func (c PushCounts) Sent() int { return c.States[RecipientAccepted] + c.States[RecipientDelivered] }

// Ended is how many recipients need no more work.
func (c PushCounts) Ended() int {
	return c.Sent() + c.States[RecipientFailed] + c.States[RecipientUnknown] + c.States[RecipientDropped]
}

// PushFields are the facts of a student that a push may name, as {name}.
var PushFields = []struct{ Key, Name string }{
	{"name", "姓名"}, {"program", "专业"}, {"level", "层次"}, {"point", "教学点"}, {"exam_no", "考生号"}, {"number", "学号"},
	{"status", "办理状态"}, {"amount", "待缴金额"}, {"deadline", "办理截止"}, {"pay_deadline", "缴费截止"}, {"until", "保留至"},
	{"school", "学校"}, {"intake", "批次"}, {"contact", "咨询电话"}, {"time", "发送时间"}, {"occasion", "用途"},
}

// PushSample is what a test of a push says in place of one student's facts.
var PushSample = map[string]string{
	"name": "张示例", "program": "会计学", "level": "专升本", "point": "示例教学点", "exam_no": "26000000000001", "number": "202600000001",
	"status": "待缴费", "amount": "100.00元",
}

// FillPush puts a student's facts into a text: {name}同学. A field that does not
// exist is push_field, one that this student lacks push_field_empty.
func FillPush(text string, fields map[string]string) (string, error) {
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			b.WriteString(text)
			return b.String(), nil
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			return "", Fail("push_field", text[open:])
		}
		key := text[open+1 : open+end]
		value, ok := fields[key]
		if !ok {
			return "", Fail("push_field", key)
		}
		if value == "" {
			return "", Fail("push_field_empty", fieldName(key))
		}
		b.WriteString(text[:open])
		b.WriteString(value)
		text = text[open+end+1:]
	}
}

func fieldName(key string) string {
	for _, f := range PushFields {
		if f.Key == key {
			return f.Name
		}
	}
	return key
}

// marketing are words of advertising, for which WeChat bans a template or an account.
var marketing = []string{
	"优惠", "促销", "特价", "折扣", "打折", "抽奖", "中奖", "红包", "返现", "返利", "免费领", "限时", "抢购", "秒杀", "赠送", "礼品", "福利",
	"有奖", "有礼", "团购", "立减", "满减", "最低价", "爆款", "广告", "推广", "加盟", "招生", "报名", "点击领取", "转发", "分享给",
}

// MarketingWords finds words of advertising in texts; template messages serve events of the student only.
func MarketingWords(texts ...string) []string {
	var found []string
	for _, word := range marketing {
		if strings.Contains(strings.Join(texts, "\n"), word) {
			found = append(found, word)
		}
	}
	return found
}

// FillSMS puts values into the words of an SMS template: {1}, {2} …
func FillSMS(words string, values []string) string {
	for i, value := range values {
		words = strings.ReplaceAll(words, "{"+strconv.Itoa(i+1)+"}", value)
	}
	return words
}
