package enroll

import "time"

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
