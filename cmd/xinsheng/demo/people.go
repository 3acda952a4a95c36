// Package demo holds the invented school and its invented students, for first
// runs and for tests; the sandbox plays each one's part by document number.
package demo

import "xinsheng/sandbox"

// Person is a demo student: what the sandbox knows, and where the roster puts the student.
type Person struct {
	sandbox.Person
	Program string // the program's number
	Point   string // the point's code
	Typed   string // the name as the student types it
	Printed bool   // shown by `make run`
}

// Students are the demo students of the 2026 intake.
func Students() []Person {
	p := func(id, typed, sex, ethnic, document, number, phone, program, point string, face sandbox.FaceOutcome) Person {
		return Person{
			Person:  sandbox.Person{ID: id, Name: typed, Sex: sex, Ethnic: ethnic, IDType: document, IDNumber: number, Phone: phone, Face: face},
			Program: program, Point: point, Typed: typed, Printed: id <= "D04",
		}
	}
	const card, pass = "居民身份证", sandbox.FacePass
	return []Person{
		p("D01", "张示例", "女", "汉族", card, "320102200703169961", "13900000001", "01", "01", pass),
		p("D02", "李演示", "女", "汉族", card, "320106199808229983", "13900000002", "03", "02", pass),
		p("D03", "陈样本", "男", "汉族", "港澳居民居住证", "810000199907099953", "13900000003", "04", "01", sandbox.FaceUnknownType),
		p("D04", "阿依努尔·示例", "女", "维吾尔族", card, "65010220020518994X", "13900000004", "06", "03", pass),
		p("D05", "赵𠮷", "男", "汉族", card, "510104199502119936", "13900000005", "03", "02", pass),
		p("D06", "王䶮", "男", "汉族", card, "420106199311059978", "13900000006", "04", "03", pass),
		p("D07", "王末位", "男", "汉族", card, "32010219970101985X", "13900000007", "02", "01", pass),
		p("D08", "周比对", "男", "汉族", card, "330106200109309914", "13900000008", "01", "02", sandbox.FaceMismatch),
		p("D09", "吴无照", "女", "回族", card, "370102198906149927", "13900000009", "05", "01", sandbox.FaceNoRecord),
		p("D10", "郑留学", "女", "汉族", card, "440106199601279948", "13900000010", "03", "01", pass),
		p("D11", "冯参军", "男", "汉族", card, "430102200508019955", "13900000011", "02", "03", pass),
		p("D12", "孙免缴", "女", "土家族", card, "610103200004129907", "13900000012", "06", "02", pass),
		p("D13", "钱改号", "女", "满族", card, "210102199712039885", "13900000013", "03", "03", pass),
		p("D14", "SAMPLE ALEX", "男", "外国血统", "护照", "P00000001", "13900000014", "04", "01", sandbox.FaceUnknownType),
		p("D16", "卫已办", "女", "汉族", card, "350102199102289845", "13900000016", "05", "02", pass),
		p("D17", "蒋同证", "男", "汉族", card, "230102199409069874", "13900000017", "04", "03", pass),
		p("D18", "沈澳居", "女", "汉族", "港澳居民居住证", "820000200303259845", "+85366000018", "01", "01", sandbox.FaceUnknownType),
		p("D20", "杨等候", "女", "汉族", card, "50010319990101982X", "13900000020", "05", "03", sandbox.FaceDownTwice),
	}
}

// Everyone are the demo students of all intakes whom the sandbox plays: those of 2026, and D15 with a reserved place of 2025.
func Everyone() []Person {
	return append(Students(), Person{
		Person: sandbox.Person{
			ID: "D15", Name: "褚返校", Sex: "女", Ethnic: "汉族", IDType: "居民身份证", IDNumber: "34010219920717986X", Phone: "13900000015", Face: sandbox.FacePass,
		},
		Program: "03", Point: "02", Typed: "褚返校",
	})
}

// Find finds a demo student by id.
func Find(id string) (Person, bool) {
	for _, p := range Students() {
		if p.ID == id {
			return p, true
		}
	}
	return Person{}, false
}
