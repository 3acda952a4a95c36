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

	h.accountRoutes(r)
	h.resetRoutes(r)
	h.rosterRoutes(r)
	r.GET("/exports", h.staff(enroll.MayExport, h.exports))
	r.POST("/exports", h.staff(enroll.MayExport, h.startExport))
	r.POST("/exports/count", h.staff(enroll.MayExport, h.countExport))
	r.POST("/exports/mappings", h.staff(enroll.MayExport, h.saveMapping))
	r.DELETE("/exports/mappings/:id", h.staff(enroll.MayExport, h.dropMapping))

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

// rosterRoutes: the list of admitted students, from the file to the registrations and back.
func (h *Handler) rosterRoutes(r staffRouter) {
	r.GET("/roster/template", h.staff(enroll.MayImport, h.rosterTemplate))
	r.GET("/roster/imports", h.staff(enroll.MayImport, h.rosterImports))
	r.POST("/roster/imports", h.staff(enroll.MayImport, h.uploadRoster))
	r.GET("/roster/imports/:id", h.staff(enroll.MayImport, h.rosterImport))
	r.GET("/roster/imports/:id/lines", h.staff(enroll.MayImport, h.rosterLines))
	r.GET("/roster/imports/:id/refused", h.staff(enroll.MayImport, h.refusedRoster))
	r.POST("/roster/imports/:id/confirm", h.staff(enroll.MayImport, h.importVerb(h.confirmRoster)))
	r.POST("/roster/imports/:id/resume", h.staff(enroll.MayImport, h.importVerb(h.resumeRoster)))
	r.POST("/roster/imports/:id/abandon", h.staff(enroll.MayImport, h.importVerb(h.giveUpRoster)))
	r.POST("/roster/imports/:id/undo", h.staff(enroll.MayImport, h.importVerb(h.undoRoster)))
	r.GET("/photos", h.staff(enroll.MayImport, h.photos))
	r.POST("/photos", h.staff(enroll.MayImport, h.uploadPhotos))
	r.GET("/photos/:id", h.staff(enroll.MaySeeStudents, h.rosterPhoto))
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
