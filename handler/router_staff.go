package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// staffRoutes are the routes of the staff site under /api/staff, each with the
// permission that it asks for; enroll.Permissions says who holds it.
func (h *Handler) staffRoutes(r gin.IRouter) {
	r.GET("/me", h.staff(enroll.MayWork, h.staffMe))

	r.GET("/jobs", h.staff(enroll.MayWork, h.staffJobs))
	r.GET("/jobs/:id", h.staff(enroll.MayWork, h.staffJob))
	r.POST("/jobs/:id/cancel", h.staff(enroll.MayWork, h.cancelJob))
	r.GET("/jobs/:id/failures", h.staff(enroll.MayWork, h.jobFailures))
	r.GET("/jobs/:id/failures/file", h.staff(enroll.MayWork, h.jobFailureFile))
	r.GET("/jobs/:id/result", h.staff(enroll.MayWork, h.jobResult))
}

// staffView is who a member of staff is, to their own page.
type staffView struct {
	Account string              `json:"account"`
	Name    string              `json:"name"`
	Role    enroll.Role         `json:"role"`
	Title   string              `json:"role_title"`
	Point   string              `json:"point"`
	May     []enroll.Permission `json:"may"`
}

func (h *Handler) staffMe(_ *gin.Context, d *service.Duty) (any, error) {
	return staffView{
		Account: d.Staff.Account, Name: d.Staff.Name, Role: d.Staff.Role, Title: d.Staff.Role.Name(), Point: d.Staff.Point, May: d.Staff.Role.Allowed(),
	}, nil
}
