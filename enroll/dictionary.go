package enroll

import "strings"

// Entry is one code of a dictionary with its Chinese word.
type Entry struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Dictionary is a list of codes (字典) in the order in which people choose.
type Dictionary []Entry

// Text is the word of a code, or "".
func (d Dictionary) Text(code string) string {
	for _, e := range d {
		if e.Code == code {
			return e.Text
		}
	}
	return ""
}

// Code is the code of a word as rosters write it (汉 stands for 汉族), or "".
func (d Dictionary) Code(text string) string {
	for _, e := range d {
		if text != "" && (e.Text == text || e.Text == text+"族" || e.Code == text) {
			return e.Code
		}
	}
	return ""
}

// Like lists the words that hold what is typed, at most so many, those that begin with it first.
func (d Dictionary) Like(typed string, most int) []string {
	var first, later []string
	for _, e := range d {
		if strings.HasPrefix(e.Text, typed) {
			first = append(first, e.Text)
		} else if strings.Contains(e.Text, typed) {
			later = append(later, e.Text)
		}
	}
	found := append(first, later...)
	return found[:min(most, len(found))]
}

// Dictionaries gives every dictionary by name. Where a standard has no code for
// a choice, its word is the code.
func Dictionaries() map[string]Dictionary {
	return map[string]Dictionary{
		"sex":                 sexes,
		"ethnic":              ethnics,
		"politics":            politics,
		"relation":            relations,
		"degree":              degrees,
		"degree_high":         degreesOf(degrees, "61", "41", "44", "47", "同等学力", "31", "21", "14", "11"),
		"degree_college":      degreesOf(degrees, "31", "21", "14", "11"),
		"certificate_missing": {{"无", "毕业时未发证"}, {"遗失", "毕业证遗失"}, {"同等学力", "同等学力，没有毕业证"}},
		"language":            languages,
		"occupation":          occupations,
		"document":            documents(),
		"proof":               proofs(),
	}
}

// sexes after GB/T 2261.1-2003.
var sexes = Dictionary{{"0", "未知的性别"}, {"1", "男"}, {"2", "女"}, {"9", "未说明的性别"}}

// politics after GB/T 4762-1984.
var politics = Dictionary{
	{"01", "中国共产党党员"}, {"02", "中国共产党预备党员"}, {"03", "中国共产主义青年团团员"},
	{"04", "中国国民党革命委员会会员"}, {"05", "中国民主同盟盟员"}, {"06", "中国民主建国会会员"},
	{"07", "中国民主促进会会员"}, {"08", "中国农工民主党党员"}, {"09", "中国致公党党员"},
	{"10", "九三学社社员"}, {"11", "台湾民主自治同盟盟员"}, {"12", "无党派民主人士"}, {"13", "群众"},
}

// politicsShort are the short forms that rosters use.
var politicsShort = map[string]string{
	"中共党员": "01", "党员": "01", "中共预备党员": "02", "预备党员": "02", "共青团员": "03", "团员": "03",
	"民革党员": "04", "民革会员": "04", "民盟盟员": "05", "民建会员": "06", "民进会员": "07", "农工党党员": "08",
	"致公党党员": "09", "台盟盟员": "11", "无党派人士": "12", "普通公民": "13", "公民": "13",
}

// PoliticsCode reads a political status (政治面貌) as rosters write it: code, full or short word; "" where unknown.
func PoliticsCode(text string) string {
	if code := politics.Code(text); code != "" {
		return code
	}
	return politicsShort[text]
}

// degrees after GB/T 4658-2006, the graduates only, and 同等学力, for which it has no code.
var degrees = Dictionary{
	{"11", "博士研究生毕业"}, {"14", "硕士研究生毕业"}, {"17", "研究生班毕业"}, {"21", "大学本科毕业"}, {"28", "大学普通班毕业"},
	{"31", "大学专科毕业"}, {"41", "中等专科毕业（中专）"}, {"44", "职业高中毕业"}, {"47", "技工学校毕业"},
	{"61", "普通高中毕业"}, {"71", "初中毕业"}, {"81", "小学毕业"}, {"90", "其他"}, {"同等学力", "同等学力"},
}

func degreesOf(all Dictionary, codes ...string) Dictionary {
	d := make(Dictionary, len(codes))
	for i, code := range codes {
		d[i] = Entry{code, all.Text(code)}
	}
	return d
}

// languages after GB/T 4880.1-2005.
var languages = Dictionary{
	{"en", "英语"}, {"ja", "日语"}, {"ru", "俄语"}, {"de", "德语"}, {"fr", "法语"}, {"es", "西班牙语"}, {"其他", "其他"}, {"无", "无"},
}

// occupations are the eight classes of GB/T 6565-2015 in short words.
var occupations = Dictionary{
	{"1", "党政机关、群团、企事业单位负责人"}, {"2", "专业技术人员"}, {"3", "办事人员和有关人员"}, {"4", "社会生产服务和生活服务人员"},
	{"5", "农、林、牧、渔业生产及辅助人员"}, {"6", "生产制造及有关人员"}, {"7", "军人"}, {"8", "其他从业人员"}, {"无", "无/待业"},
}

func documents() Dictionary {
	d := make(Dictionary, len(DocumentTypes))
	for i, t := range DocumentTypes {
		d[i] = Entry{string(t.Type), t.Name}
	}
	return d
}

func proofs() Dictionary {
	d := make(Dictionary, len(ProofKinds))
	for i, k := range ProofKinds {
		d[i] = Entry{k.Code, k.Text}
	}
	return d
}
