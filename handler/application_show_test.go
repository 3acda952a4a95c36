package handler

import (
	"encoding/json"
	"strings"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
)

// TestStudentReadsTheOffice: of who helped at the counter a student's browser is sent the office, never the account.
func TestStudentReadsTheOffice(t *testing.T) {
	helper := enroll.Assist{Role: enroll.RoleRegistrar, Account: "xueji"}.Helper()
	a := service.FiledApplication{Application: enroll.Application{Kind: enroll.ApplyReserve, FiledBy: helper, Filer: "id"}}
	view := viewApplication(&service.Visit{}, a)
	body, err := json.Marshal(view)
	if err != nil || strings.Contains(string(body), "xueji") || view.FiledBy != enroll.RoleRegistrar.Office() {
		t.Errorf("sent %s, %v", body, err)
	}
	a.Filer, a.FiledBy = "", "zhang"
	if got := viewApplication(&service.Visit{}, a).FiledBy; got != enroll.RoleRegistrar.Office() {
		t.Errorf("filed by the command: %q", got)
	}
	a.FiledBy = ""
	if got := viewApplication(&service.Visit{}, a).FiledBy; got != "" {
		t.Errorf("by the student's own hand: %q", got)
	}
}
