package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
)

// staffRoutes are the routes of the staff site under /api/staff, each with the
// permission that it asks for; enroll.Permissions says who holds it.
func (h *Handler) staffRoutes(r staffRouter) {
	h.staffDoor(r.gin)
	r.GET("/me", h.staff(enroll.MayWork, h.staffMe))
	r.POST("/confirm", h.staff(enroll.MayWork, h.staffConfirm))
	r.POST("/recovery-codes", h.staff(enroll.MayWork, h.renewRecoveryCodes))

	r.GET("/jobs", h.staff(enroll.MayWork, h.staffJobs))
	r.GET("/jobs/:id", h.staff(enroll.MayWork, h.staffJob))
	r.POST("/jobs/:id/cancel", h.staff(enroll.MayWork, h.cancelJob))
	r.GET("/jobs/:id/failures", h.staff(enroll.MayWork, h.jobFailures))
	r.GET("/jobs/:id/failures/file", h.staff(enroll.MayWork, h.jobFailureFile))
	r.GET("/jobs/:id/result", h.staff(enroll.MayWork, h.jobResult))
}

// staffDoor are the routes of the login, open to whoever stands before it.
func (h *Handler) staffDoor(r gin.IRouter) {
	r.POST("/login", h.public(h.staffLogin))
	r.POST("/totp", h.public(h.staffTOTP))
	r.POST("/recover", h.public(h.staffRecover))
	r.GET("/enrol", h.public(h.offerTOTP))
	r.POST("/enrol", h.public(h.enrolTOTP))
	r.POST("/password", h.public(h.staffPassword))
	r.POST("/logout", h.public(h.staffLogout))
}
