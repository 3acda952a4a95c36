package world

import (
	"context"
	"testing"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/identity"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/wechat/pay"
)

func payConfig(c sandbox.Credentials) pay.Config {
	return pay.Config{
		AppID: c.AppID, MchID: c.MchID, Serial: c.MerchantSerial, PrivateKey: secret(c.MerchantKeyPEM),
		APIv3Key: secret(c.APIv3Key), PublicKeyID: c.PublicKeyID, PublicKey: c.PublicKeyPEM,
	}
}

func identityConfig(c sandbox.Credentials) identity.Config {
	return identity.Config{SecretID: c.SecretID, SecretKey: secret(c.SecretKey), SMSAppID: c.SMSAppID, SMSSign: c.SMSSign}
}

type price struct {
	no, code, name string
	level          enroll.Level
	half           int
	fens           []int64
}

var prices = []price{
	{"01", "030101K", "法学", enroll.HighToBachelor, 10, []int64{240000, 240000, 240000, 240000, 240000}},
	{"02", "081101", "水利水电工程", enroll.HighToBachelor, 10, []int64{264000, 264000, 264000, 264000, 264000}},
	{"03", "120203K", "会计学", enroll.CollegeToBachelor, 5, []int64{240000, 240000, 120000}},
	{"04", "081001", "土木工程", enroll.CollegeToBachelor, 5, []int64{264000, 264000, 132000}},
	{"05", "101101K", "护理学", enroll.CollegeToBachelor, 5, []int64{288000, 288000, 144000}},
	{"06", "530302", "大数据与会计", enroll.HighToCollege, 5, []int64{220000, 220000, 110000}},
}

// openIntake puts the demo school of demo.md into the store, open since seven days.
func (w *World) openIntake(t testing.TB, ctx context.Context) {
	t.Helper()
	st, now := w.Service.Store, w.Clock.Now()
	intake := enroll.Intake{
		ID: st.NewID(), Grade: 2026, Name: "2026级", OpensAt: now.AddDate(0, 0, -7), ClosesAt: now.AddDate(0, 0, 90),
		Settings: enroll.Settings{
			School: "示例大学", Platform: "高等学历继续教育平台", Payee: "示例大学", SchoolYear: "2026-2027",
			Contacts:   enroll.Contacts{Phones: []string{"000-00000000"}, Email: "xueji@example.edu", QQ: "000000000"},
			RefundRule: "按教育主管部门规定退费。", GraceHours: 24, PayDays: 3, Captcha: true, SMSFullNumber: true,
			NumberRule: "{yy}{level}{point:2}{major:2}{seq:4}",
			Levels:     map[enroll.Level]string{enroll.HighToBachelor: "1", enroll.HighToCollege: "2", enroll.CollegeToBachelor: "3"},
			Photo:      enroll.PhotoRule{Width: 480, Height: 640, MaxBytes: 50_000},
			IDPhoto:    enroll.PhotoRule{MaxBytes: 500_000},
			Messages:   w.messages(),
		},
	}
	must(t, st.AddIntake(ctx, intake, now))
	for _, kind := range enroll.TextKinds {
		must(t, st.AddText(ctx, enroll.Text{ID: st.NewID(), Intake: intake.ID, Kind: kind, Version: 1, Title: string(kind), Body: "第一段。\n\n第二段。", Hash: "1"}, now))
	}
	for code, name := range map[string]string{"01": "校本部教学点", "02": "滨江教学点", "03": "青山教学点"} {
		must(t, st.AddPoint(ctx, enroll.Point{ID: st.NewID(), Intake: intake.ID, Code: code, Name: name}))
	}
	free := ""
	points, err := st.Points(ctx, intake.ID)
	must(t, err)
	for _, p := range points {
		if p.Code == "02" {
			free = p.ID
		}
	}
	for _, p := range prices {
		id := st.NewID()
		must(t, st.AddProgram(ctx, enroll.Program{ID: id, Intake: intake.ID, Code: p.code, No: p.no, Name: p.name, Level: p.level, Form: "非脱产", HalfYears: p.half}))
		must(t, st.SetTuition(ctx, enroll.Tuition{ID: st.NewID(), Intake: intake.ID, Program: id, Fens: p.fens, Approval: "示例"}))
		if p.no == "06" {
			must(t, st.SetTuition(ctx, enroll.Tuition{ID: st.NewID(), Intake: intake.ID, Program: id, Point: free, Fens: []int64{0}, Approval: "示例"}))
		}
	}
}

func (w *World) messages() map[string]enroll.Message {
	c := w.Credentials
	return map[string]enroll.Message{
		enroll.MessageNumberIssued: {
			WeChat: c.WeChatTemplates["number"], SMS: c.SMSTemplates["number"], Vars: []string{"number"},
			Keywords: map[string]string{"thing1": "name", "character_string2": "number", "thing3": "program", "time4": "time"},
		},
		enroll.MessageIdentityDecided: {
			WeChat: c.WeChatTemplates["decision"], SMS: c.SMSTemplates["decision"],
			Keywords: map[string]string{"thing1": "matter", "phrase2": "result", "thing3": "reason", "time4": "time"},
		},
		enroll.MessageReturned: {
			WeChat: c.WeChatTemplates["returned"], SMS: c.SMSTemplates["returned"],
			Keywords: map[string]string{"thing1": "matter", "thing2": "reason", "time3": "time"},
		},
		enroll.MessagePhoneBound: {
			WeChat: c.WeChatTemplates["phone"], SMS: c.SMSTemplates["phone"],
			Keywords: map[string]string{"thing1": "matter", "phone_number2": "phone", "time3": "time"},
		},
	}
}

// Intake is the demo intake as it stands.
func (w *World) Intake(t testing.TB) enroll.Intake {
	t.Helper()
	list, err := w.Service.Store.Intakes(context.Background())
	must(t, err)
	return list[0]
}

// Enrolled puts a demo student on the roster and gives the registration.
func (w *World) Enrolled(t testing.TB, id string) enroll.Registration {
	t.Helper()
	ctx, st, now := context.Background(), w.Service.Store, w.Clock.Now()
	p, ok := demo.Find(id)
	if !ok {
		t.Fatalf("no demo student %s", id)
	}
	document, _ := enroll.Document(p.IDType)
	student := enroll.Student{ID: st.NewID(), IDType: document.Type, IDNumber: enroll.IDNumber(p.IDNumber), Name: p.Name}
	must(t, st.AddStudent(ctx, student, now))
	intake := w.Intake(t)
	r := enroll.Registration{
		ID: st.NewID(), Intake: intake.ID, Student: student.ID, ExamNo: "2632010000" + id[1:], Grade: 2026, Name: p.Name,
		Sex: p.Sex, Ethnic: p.Ethnic, BirthDate: student.IDNumber.BirthDate(), RosterPhone: enroll.Phone(p.Phone),
		Status: enroll.Open, Face: enroll.FaceAsked,
	}
	programs, err := st.Programs(ctx, intake.ID)
	must(t, err)
	for _, program := range programs {
		if program.No == p.Program {
			r.Program = program.ID
		}
	}
	points, err := st.Points(ctx, intake.ID)
	must(t, err)
	for _, point := range points {
		if point.Code == p.Point {
			r.Point = point.ID
		}
	}
	must(t, st.AddRegistration(ctx, r, now))
	return r
}

// Visit logs a demo student in as if code and face had been passed on the own phone, and binds it.
func (w *World) Visit(t testing.TB, id string) *service.Visit {
	t.Helper()
	ctx, st, now := context.Background(), w.Service.Store, w.Clock.Now()
	p, _ := demo.Find(id)
	document, _ := enroll.Document(p.IDType)
	student, err := st.StudentByDocument(ctx, document.Type, enroll.IDNumber(p.IDNumber))
	must(t, err)
	r, err := st.RegistrationIn(ctx, w.Intake(t).ID, student.ID)
	must(t, err)
	login := enroll.Login{
		ID: st.NewID(), Student: student.ID, Registration: r.ID, At: now, Phone: enroll.Phone(p.Phone), Device: "测试", FacePassedAt: now,
		OpenID: w.OpenID(id),
	}
	must(t, st.AddLogin(ctx, login, "127.0.0.1"))
	if student.BoundAt.IsZero() {
		must(t, st.Bind(ctx, student, login.Phone, login.OpenID, now))
	}
	v, err := w.Service.Visit(ctx, login.ID, "127.0.0.1", "测试")
	must(t, err)
	return v
}

// OpenID is the demo student's WeChat user in this world's sandbox, or "".
func (w *World) OpenID(id string) string {
	for _, u := range w.Sandbox.World(w.Credentials.AppID).Users() {
		if u.Key == id {
			return u.OpenID
		}
	}
	return ""
}
