package enroll

import "testing"

func TestFitsKeyword(t *testing.T) {
	for _, c := range []struct {
		keyword, value string
		fits           bool
	}{
		{"thing1", "一二三四五六七八九十一二三四五六七八九十", true}, {"thing1", "一二三四五六七八九十一二三四五六七八九十一", false}, {"thing2", "两\n行", false},
		{"character_string2", "S-2026_01", true}, {"character_string2", "学号", false}, {"time3", "2026-12-01 23:59", true},
		{"time3", "2026-12-01 24:00", false}, {"time3", "2026年12月1日 8:00 ~ 2026年12月3日", true}, {"date4", "2026年12月1日", true}, {"date4", "明天", false},
		{"amount5", "2400.00元", true}, {"amount5", "2,400.00", false}, {"phrase6", "审核通过", true}, {"phrase6", "审核通过了吗", false},
		{"phrase6", "ok", false}, {"name7", "张三", true}, {"number8", "3.5", true}, {"number8", "三", false}, {"const9", "", false},
	} {
		if FitsKeyword(c.keyword, c.value) != c.fits {
			t.Errorf("%s %q: %v", c.keyword, c.value, !c.fits)
		}
	}
}

func TestFillPush(t *testing.T) {
	fields := map[string]string{"name": "张三", "number": ""}
	if text, err := FillPush("{name}同学", fields); err != nil || text != "张三同学" {
		t.Errorf("%q, %v", text, err)
	}
	for text, reason := range map[string]Reason{"{nobody}": "push_field", "{name": "push_field", "{number}": "push_field_empty"} {
		if _, err := FillPush(text, fields); ReasonOf(err) != reason {
			t.Errorf("%s: %v", text, err)
		}
	}
	if len(MarketingWords("限时优惠")) != 2 || len(MarketingWords("请在截止前办理")) != 0 {
		t.Error("marketing words")
	}
}
