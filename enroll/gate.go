package enroll

import "time"

// Gate is a way to the outside that staff can pause and open again (通道).
type Gate string

// The gates.
const (
	GateCode    Gate = "code"
	GateFace    Gate = "face"
	GatePay     Gate = "pay"
	GateMessage Gate = "message"
	GatePush    Gate = "push"
)

// GateRule says what pausing a gate does, and what students then read.
type GateRule struct {
	Gate Gate
	Name string
	// Does is what pausing does, told to who is about to.
	Does string
	// Seen is where students read the sentence; empty where they meet nothing of it.
	Seen string
	// Sentence is what is offered to be read.
	Sentence string
	// Reason refuses students while the gate is paused; empty where their part goes on.
	Reason Reason
}

// Gates is the one table of what can be paused.
var Gates = []GateRule{
	{GateCode, "短信验证码", "学生不能获取验证码；已经登录的不受影响。", "登录页，以及点“获取验证码”时", "短信通道正在维护，请稍后再来；已经登录的同学可以继续办理。", "code_paused"},
	{GateFace, "人脸识别", "学生不能做人脸识别，可以照片存档；不计次数。", "首页和人脸识别页", "人脸识别服务正在维护，请改用“照片存档”，或稍后再试，本次不计次数。", "face_paused"},
	{GatePay, "在线缴费", "不能打开新的支付；已经付款的照常入账。", "首页和缴费页", "支付通道正在维护，请稍后再缴费；已经付款的不受影响，请勿重复支付。", "pay_paused"},
	{GateMessage, "办理消息", "模板消息和通知短信先留着，恢复后按原来的顺序发出。", "首页", "微信消息和通知短信会晚一些发出，办理结果请在“办理进度”查看。", ""},
	{GatePush, "群发通知", "正在发送的推送停在原处，恢复后接着发。", "", "群发通知暂停，恢复后接着发送。", ""},
}

// Rule finds what pausing a gate does; false for one that there is not.
func (g Gate) Rule() (GateRule, bool) {
	for _, rule := range Gates {
		if rule.Gate == g {
			return rule, true
		}
	}
	return GateRule{}, false
}

// GateSentenceMost is how long the sentence that students read may be.
const GateSentenceMost = 120

// GateState is how a gate stands since its last change: version 0 was never touched, and is open.
type GateState struct {
	Gate     Gate
	Version  int
	Paused   bool
	Sentence string
	// By is the account of who changed it.
	By string
	At time.Time
}

// Told is what a student reads while a gate is paused; empty where it is open or concerns no student.
func (g GateState) Told() string {
	rule, ok := g.Gate.Rule()
	switch {
	case !ok || !g.Paused || rule.Seen == "":
		return ""
	case rule.Reason == "":
		return g.Sentence
	}
	return Fail(rule.Reason, g.Sentence).Message()
}
