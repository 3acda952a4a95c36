package enroll

import "time"

// Light says at a glance how something stands (红绿灯).
type Light string

// The lights; off says that there is nothing to tell of: not configured, or not used lately.
const (
	LightGood Light = "good"
	LightWarn Light = "warn"
	LightBad  Light = "bad"
	LightOff  Light = "off"
)

// Name is the Chinese word of a light, which is readable without its colour.
func (l Light) Name() string {
	return map[Light]string{LightGood: "正常", LightWarn: "留意", LightBad: "异常", LightOff: "无数据"}[l]
}

// callsFew is from how many calls on a share of failures means an outage.
const callsFew = 3

// CallLight judges the calls of the last minutes by their failures: a twentieth asks to look, half of them is an outage.
func CallLight(done, failed int) Light {
	all := done + failed
	switch {
	case all == 0:
		return LightOff
	case failed*2 >= all && failed >= callsFew:
		return LightBad
	case failed*20 >= all && failed > 0:
		return LightWarn
	}
	return LightGood
}

// AgeLight judges by how long the oldest has waited.
func AgeLight(waits, slow, late time.Duration) Light {
	switch {
	case waits >= late:
		return LightBad
	case waits >= slow:
		return LightWarn
	}
	return LightGood
}

// Worse is the worse of two lights.
func (l Light) Worse(other Light) Light {
	order := map[Light]int{LightOff: 0, LightGood: 1, LightWarn: 2, LightBad: 3}
	if order[other] > order[l] {
		return other
	}
	return l
}
