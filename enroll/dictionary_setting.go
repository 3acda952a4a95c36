package enroll

import (
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// CollegeDictionary is a list of choices that a college may change (字典):
// where Free, it may add its own words; the others follow a national standard,
// of which it may leave out and reorder what does not occur.
type CollegeDictionary struct {
	Name  string
	Title string
	Free  bool
}

// CollegeDictionaries are the lists that a college may change.
var CollegeDictionaries = []CollegeDictionary{
	{"relation", "与本人关系", true}, {"language", "外语语种", true}, {"occupation", "职业", true}, {Schools, "毕业学校（只用于输入提示）", true},
	{"certificate_missing", "没有毕业证号的原因", false}, {"politics", "政治面貌（GB/T 4762）", false},
	{"degree_high", "最后学历：高中起点（GB/T 4658）", false}, {"degree_college", "最后学历：专科起点（GB/T 4658）", false},
}

// Dictionary is a list of choices as an intake has it: the college's own, or the usual one.
func (s Settings) Dictionary(name string) Dictionary {
	if own := s.Dictionaries[name]; len(own) > 0 {
		return own
	}
	return Dictionaries()[name]
}

// dictionaryMistakes lists what is wrong with a college's own dictionaries.
func (s Settings) dictionaryMistakes() []string {
	var wrong []string
	for _, name := range slices.Sorted(maps.Keys(s.Dictionaries)) {
		at := slices.IndexFunc(CollegeDictionaries, func(d CollegeDictionary) bool { return d.Name == name })
		if at < 0 {
			wrong = append(wrong, "没有可以修改的字典："+name)
			continue
		}
		wrong = append(wrong, CollegeDictionaries[at].mistakes(s.Dictionaries[name])...)
	}
	return wrong
}

func (d CollegeDictionary) mistakes(own Dictionary) []string {
	usual := Dictionaries()[d.Name]
	var wrong []string
	seen := map[string]bool{}
	for i, e := range own {
		codes, texts := utf8.RuneCountInString(e.Code), utf8.RuneCountInString(e.Text)
		switch {
		case codes < 1 || codes > 20 || texts < 1 || texts > 40:
			wrong = append(wrong, fmt.Sprintf("字典“%s”第 %d 项：代码 1–20 个字，名称 1–40 个字", d.Title, i+1))
		case seen[e.Code]:
			wrong = append(wrong, fmt.Sprintf("字典“%s”：代码 %s 重复", d.Title, e.Code))
		case !d.Free && usual.Text(e.Code) != e.Text:
			wrong = append(wrong, fmt.Sprintf("字典“%s”按国家标准，不能新增或改名：%s %s", d.Title, e.Code, e.Text))
		}
		seen[e.Code] = true
	}
	return wrong
}
