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

// openIntake imports the demo school (demo.md), open since seven days.
func (w *World) openIntake(t testing.TB, ctx context.Context) {
	t.Helper()
	file, err := service.ReadIntakeFile(demo.IntakeFile(w.Clock.Now(), w.Credentials))
	must(t, err)
	_, err = w.Service.ImportIntake(ctx, file)
	must(t, err)
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
