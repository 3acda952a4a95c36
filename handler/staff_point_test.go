package handler

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

// TestClerkFindsNobodyOfAnotherPoint goes through every route of one student, as they are registered, so that a new one is asked too.
func TestClerkFindsNobodyOfAnotherPoint(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D08") // of point 02
	own := w.Enrolled(t, "D01")
	h := New(w.Service, http.NotFoundHandler(), Config{PublicURL: "http://localhost"}, slog.New(slog.DiscardHandler))
	routes, err := h.Routes()
	if err != nil {
		t.Fatal(err)
	}
	clerk := world.OpenDesk(t, routes)
	clerk.Login(w.Staff(t, enroll.RoleClerk, "01"))
	asked := 0
	for route, may := range h.staffPermissions {
		method, path, _ := strings.Cut(route, " ")
		path = strings.TrimPrefix(path, "/api/staff")
		if !strings.HasPrefix(path, "/students/:id") {
			continue
		}
		asked++
		want := "not_found"
		if !enroll.RoleClerk.May(may) {
			want = "staff_forbidden"
		}
		path = pathVariable.ReplaceAllString(strings.Replace(path, ":id", r.ID, 1), "none")
		body := `{"reason":"核对","phone":"13900000008","what":"wechat","items":[{"item":"basic","reason":"核对"}]}`
		got := clerk.Reason(method, path, body)
		if narrow := narrower[route] && got == "staff_forbidden"; got != want && !narrow {
			t.Errorf("%s: %q, want %q", route, got, want)
		}
	}
	if asked < 20 {
		t.Errorf("only %d routes of a student were asked", asked)
	}
	for _, word := range []string{r.Name, r.ExamNo, "330106200109309914", "13900000008"} {
		if rows := clerk.Post("/students/search", `{"word":"`+word+`"}`)["rows"].([]any); len(rows) != 0 {
			t.Errorf("the search for %s finds %v", word, rows)
		}
	}
	if all := clerk.Post("/students/counts", `{"point":"02"}`)["all"]; all != 1.0 {
		t.Errorf("the counts of another point are %v, not those of the own", all)
	}
	if got := clerk.Reason("GET", "/students/"+own.ID, ""); got != "" {
		t.Errorf("the own point's student: %q", got)
	}
}
