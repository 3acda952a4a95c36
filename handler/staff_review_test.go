package handler

import (
	"fmt"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// waitingFace puts a face of point 02 on the desk: a check in person that asks for a second person.
func waitingFace(t *testing.T, w *world.World) string {
	t.Helper()
	intake := w.Intake(t)
	intake.Settings.InPersonTwo, intake.Settings.FirstReview = true, true
	if err := w.Service.Store.ChangeIntake(t.Context(), intake); err != nil {
		t.Fatal(err)
	}
	d := &service.Duty{Staff: enroll.Staff{ID: w.Service.Store.NewID(), Account: "counter", Role: enroll.RoleRegistrar}}
	r := w.Enrolled(t, "D08")
	if _, err := w.Service.VerifyInPerson(t.Context(), d, service.InPerson{Registration: r.ID, Phone: "13900000008", Note: "身份证原件"}); err != nil {
		t.Fatal(err)
	}
	list, err := w.Service.Store.Archives(t.Context(), true)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d archives, %v", len(list), err)
	}
	return list[0].ID
}

// TestClerkOfAnotherPointByEveryRoute: what another point has is not there, by whatever route of the desk.
func TestClerkOfAnotherPointByEveryRoute(t *testing.T) {
	w := world.New(t)
	id := waitingFace(t, w)
	list, _ := w.Service.Store.Archives(t.Context(), true)
	k := openDesk(t, w)
	k.Login(w.Staff(t, enroll.RoleClerk, "01"))
	item := "/review/face/" + id
	for _, c := range []struct{ method, path, body, want string }{
		{"GET", item, "", "not_found"},
		{"GET", item + "/pictures/archive", "", "not_found"},
		{"POST", item + "/claim", "{}", "not_found"},
		{"POST", item + "/decide", `{"version":0,"pass":true}`, "not_found"},
		{"POST", "/in-person", fmt.Sprintf(`{"student":%q,"phone":"13900000008","note":"x"}`, list[0].Registration), "not_found"},
		{"GET", "/applications", "", "staff_forbidden"},
		{"GET", "/reserved", "", "staff_forbidden"},
		{"PUT", "/calendar", `{"days":[]}`, "staff_forbidden"},
		{"GET", "/review/application/" + id, "", "not_found"},
	} {
		if got := k.Reason(c.method, c.path, c.body); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.method, c.path, got, c.want)
		}
	}
	if _, q := k.Send("GET", "/review", ""); len(q["rows"].([]any)) != 0 {
		t.Errorf("the queue shows %v", q["rows"])
	}
	_, preview := k.Send("POST", "/review/preview", fmt.Sprintf(`{"verdicts":[{"kind":"face","id":%q,"pass":true}]}`, id))
	if row := preview["rows"].([]any)[0].(map[string]any); row["problem"] == "" || row["exam_no"] != "" {
		t.Errorf("the preview tells %v", row)
	}
}

func TestRegistrarDecidesOverHTTP(t *testing.T) {
	w := world.New(t)
	id := waitingFace(t, w)
	k := openDesk(t, w)
	k.Login(w.Staff(t, enroll.RoleRegistrar, ""))
	_, q := k.Send("GET", "/review?kind=face", "")
	row := q["rows"].([]any)[0].(map[string]any)
	if row["id"] != id || row["point"] != "滨江教学点" || row["first"] == nil {
		t.Fatalf("the queue shows %v", row)
	}
	_, open := k.Send("GET", "/review/face/"+id, "")
	if pictures := open["pictures"].([]any); len(pictures) < 2 || len(open["compare"].([]any)) == 0 {
		t.Errorf("beside the item %v", open)
	}
	if got := k.Reason("POST", "/review/face/"+id+"/decide", `{"version":0,"pass":false}`); got != "review_reason" {
		t.Errorf("without a reason: %q", got)
	}
	if _, done := k.Send("POST", "/review/face/"+id+"/decide", `{"version":0,"pass":true}`); done["outcome"] != "decided" {
		t.Errorf("%v", done)
	}
	if got := k.Reason("POST", "/review/face/"+id+"/decide", `{"version":0,"pass":true}`); got != "review_decided" {
		t.Errorf("again: %q", got)
	}
}
