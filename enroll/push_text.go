package enroll

import (
	"strconv"
	"strings"
)

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
