package handler

import (
	"slices"

	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

// importedAccountView is one row of an imported table: its problem, or the first password, shown once.
type importedAccountView struct {
	No       int    `json:"no"`
	Account  string `json:"account"`
	Name     string `json:"name"`
	Role     string `json:"role_title"`
	Point    string `json:"point"`
	Problem  string `json:"problem"`
	Password string `json:"password"`
}

// importAccounts makes the accounts of a table, or says what is wrong with its rows and makes none.
func (h *Handler) importAccounts(c *gin.Context, d *service.Duty) (any, error) {
	body, err := uploaded(c, "file")
	if err != nil {
		return nil, err
	}
	rows, err := h.svc.ImportStaff(c.Request.Context(), d, body)
	if err != nil && !slices.ContainsFunc(rows, func(r service.StaffRow) bool { return r.First != "" }) {
		return nil, err
	}
	if err != nil { // the first passwords of those that were made are shown now or never
		h.log.Error("accounts of a table not all made", "error", err)
	}
	views := make([]importedAccountView, len(rows))
	for i, r := range rows {
		views[i] = importedAccountView{
			No: r.No, Account: r.Staff.Account, Name: r.Staff.Name, Role: r.Staff.Role.Name(), Point: r.Staff.Point,
			Problem: r.Problem, Password: r.First.Raw(),
		}
	}
	return gin.H{"rows": views}, nil
}
