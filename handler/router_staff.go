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

	r.GET("/review", h.staff(enroll.MayReview, h.reviewQueue))
	r.POST("/review/preview", h.staff(enroll.MayReview, h.previewReviews))
	r.POST("/review/bulk", h.staff(enroll.MayReview, h.startReviews))
	r.GET("/review/:kind/:id", h.staff(enroll.MayReview, h.openReview))
	r.GET("/review/:kind/:id/pictures/:picture", h.staff(enroll.MayReview, h.reviewPicture))
	r.POST("/review/:kind/:id/claim", h.staff(enroll.MayReview, h.claimReview))
	r.DELETE("/review/:kind/:id/claim", h.staff(enroll.MayReview, h.releaseReview))
	r.POST("/review/:kind/:id/decide", h.staff(enroll.MayReview, h.decideReview))
	r.POST("/review/:kind/:id/evidence", h.staff(enroll.MayReview, h.keepEvidence))
	r.POST("/in-person", h.staff(enroll.MayReview, h.inPerson))
	r.GET("/applications", h.staff(enroll.MayApplications, h.staffApplications))
	r.GET("/reserved", h.staff(enroll.MayApplications, h.staffReserved))
	r.GET("/calendar", h.staff(enroll.MayReview, h.calendar))
	r.PUT("/calendar", h.staff(enroll.MaySetIntake, h.setCalendar))
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
