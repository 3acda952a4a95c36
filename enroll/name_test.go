package enroll

import "testing"

func TestMatchName(t *testing.T) {
	for _, c := range []struct {
		typed, roster string
		want          NameMatch
	}{
		{"阿依努尔•示例", "阿依努尔·示例", NameSame},
		{"阿依努尔 ・ 示例", "阿依努尔·示例", NameSame},
		{"阿依努尔⋅示例", "阿依努尔‧示例", NameSame},
		{"sample  alex", "SAMPLE ALEX", NameSame},
		{"王\ue863", "王䶮", NameSame},
		{"張顯", "张显", NameSame},
		{"赵𠮷", "赵𠮷", NameSame},
		{"赵吉", "赵𠮷", NameDiffers},
		{"王䶮", "王Yan", NameFills},
		{"王yan", "王Yan", NameSame},
		{"王䶮", "王?", NameFills},
		{"王䶮", "王＊", NameFills},
		{"王䶮", "王□", NameFills},
		{"王䶮", "王\uf123", NameFills},
		{"王小明", "王Yan", NameDiffers},
		{"李䶮", "王Yan", NameDiffers},
		{"王·", "王?", NameDiffers},
		{"王明", "**", NameDiffers},
		{"王Yan", "王䶮", NameSpares},
		{"赵□", "赵𠮷", NameSpares},
		{"赵?", "赵吉", NameDiffers},
		{"??", "赵𠮷", NameDiffers},
		{"ALEX", "王明", NameDiffers},
		{"于明", "於明", NameDiffers},
		{"王㐂", "王㐂", NameSame},
		{"王㐂", "王Xi", NameFills},
		{"王\U0002ebf3", "王?", NameFills},
		{"王?", "王\U0002ebf3", NameSpares},
		{"王\U000f1234", "王\U0002ebf3", NameSpares},
	} {
		if got := MatchName(c.typed, c.roster); got != c.want {
			t.Errorf("%s for %s: %d, want %d", c.typed, c.roster, got, c.want)
		}
	}
}

// Names of every block of characters, and of old systems' private ones, are names.
func TestNamesOfEveryBlock(t *testing.T) {
	for _, name := range []string{"王㐂", "王䶮", "赵𠮷", "李𪜀", "周𫖮", "吴𬤝", "郑\U0002ceb1", "冯\U0002ebf3", "陈\U0002ee5d", "褚\U00030010", "卫\U00031360", "蒋\U000323b0", "沈\ue863", "韩\U000f0001", "杨〇", "朱□"} {
		if got, err := ParseName("  " + name + " "); err != nil || got == "" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, wrong := range []string{"", "<b>", "王1", "王😀", "王,明"} {
		if got, err := ParseName(wrong); err == nil {
			t.Errorf("%q is taken as the name %q", wrong, got)
		}
	}
}

// A pair leads from a form to the one that is kept: never twice, never in a chain, never from one simplified form to another.
func TestTraditionalPairs(t *testing.T) {
	list := []rune(traditional)
	if len(list)%2 != 0 {
		t.Fatal("half a pair")
	}
	seen := map[rune]bool{}
	for i := 0; i < len(list); i += 2 {
		from, to := list[i], list[i+1]
		if seen[from] || from == to || simplified[to] != 0 {
			t.Errorf("%c%c", from, to)
		}
		seen[from] = true
	}
	if len(userDefined) != 80 || proper(0xe863) != '䶮' || proper(0xe864) != '龻' || proper(0xe816) != '𠂇' {
		t.Error("the private use characters have moved")
	}
}
