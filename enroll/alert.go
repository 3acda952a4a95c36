package enroll

import "time"

// TraceKind is what several students may have in common who should not (风险提示).
type TraceKind string

// What is compared between students.
const (
	TracePhone   TraceKind = "phone"
	TraceOpenID  TraceKind = "openid"
	TraceDevice  TraceKind = "device"
	TracePicture TraceKind = "picture"
)

// TraceRules says from how many students on a common trace is shown: families share a phone, nobody shares a portrait.
var TraceRules = []struct {
	Kind TraceKind
	Name string
	// Means is what it may be, besides a fraud.
	Means string
	From  int
}{
	{TracePhone, "同一手机号登录", "可能是家人共用，也可能是有人代办。", 4},
	{TraceOpenID, "同一微信登录", "可能是家人共用，也可能是有人代办。", 3},
	{TraceDevice, "同一设备登录", "教学点的公用电脑也会这样，请结合时间判断。", 4},
	{TracePicture, "上传了相同的照片或文件", "证件照、存档照片几乎相同（重新压缩、缩小过的也算），或其他文件逐字节相同，请核对是否传错或冒用。", 2},
}

// Alert is one trace that several students share; a hint for a person, which stops nobody.
type Alert struct {
	Kind TraceKind
	// Hash is the trace as a blind index in hex: the same for the same thing, and nothing can be read from it.
	Hash     string
	Students int
	FirstAt  time.Time
	LastAt   time.Time
	Look     *AlertLook
}

// AlertLook is that somebody looked at an alert, and what they found.
type AlertLook struct {
	Note string
	By   string
	At   time.Time
	// Students is how many they were then; one more opens the alert again.
	Students int
	Version  int
}

// Open says that nobody has looked at the alert since the last student joined it.
func (a Alert) Open() bool { return a.Look == nil || a.Students > a.Look.Students }

// Name is the Chinese word of a trace.
func (k TraceKind) Name() string {
	for _, rule := range TraceRules {
		if rule.Kind == k {
			return rule.Name
		}
	}
	return string(k)
}

// Means is what a common trace may be, besides a fraud.
func (k TraceKind) Means() string {
	for _, rule := range TraceRules {
		if rule.Kind == k {
			return rule.Means
		}
	}
	return ""
}
