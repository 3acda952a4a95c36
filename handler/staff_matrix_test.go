package handler

import (
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

// narrower are routes that look closer than the permission which they declare.
var narrower = map[string]bool{"POST /api/staff/students/:id/number": true}

var pathVariable = regexp.MustCompile(`:[a-z]+`)

// TestEveryRoleMeetsEveryRoute sends every staff route as every role: what a role does not hold is staff_forbidden, and what it holds is not.
func TestEveryRoleMeetsEveryRoute(t *testing.T) {
	w := world.New(t)
	h := New(w.Service, http.NotFoundHandler(), Config{PublicURL: "http://localhost"}, slog.New(slog.DiscardHandler))
	routes, err := h.Routes()
	if err != nil {
		t.Fatal(err)
	}
	if len(h.staffPermissions) < 20 {
		t.Fatalf("only %d routes declare a permission", len(h.staffPermissions))
	}
	for _, row := range enroll.Roles {
		t.Run(string(row.Role), func(t *testing.T) {
			point := ""
			if row.Role == enroll.RoleClerk {
				point = "01"
			}
			desk := world.OpenDesk(t, routes)
			desk.Login(w.Staff(t, row.Role, point))
			for route, may := range h.staffPermissions {
				method, path, _ := strings.Cut(route, " ")
				path = pathVariable.ReplaceAllString(strings.TrimPrefix(path, "/api/staff"), "none")
				_, answer := desk.Send(method, path, "{}")
				failure, _ := answer["error"].(map[string]any)
				forbidden := failure["reason"] == "staff_forbidden"
				if forbidden == row.Role.May(may) && !(forbidden && narrower[route]) {
					t.Errorf("%s: forbidden %v, but the role holds %s: %v", route, forbidden, may, row.Role.May(may))
				}
			}
		})
	}
	anybody := world.OpenDesk(t, routes)
	for route := range h.staffPermissions {
		method, path, _ := strings.Cut(route, " ")
		path = pathVariable.ReplaceAllString(strings.TrimPrefix(path, "/api/staff"), "none")
		if reason := anybody.Reason(method, path, "{}"); reason != "not_logged_in" {
			t.Errorf("%s answers somebody who is not logged in: %q", route, reason)
		}
	}
}
