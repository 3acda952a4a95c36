package enroll

import "time"

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
