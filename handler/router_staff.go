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
	r.GET("/me/entries", h.staff(enroll.MayWork, h.staffEntries))
	r.POST("/confirm", h.staff(enroll.MayWork, h.staffConfirm))
	r.POST("/recovery-codes", h.staff(enroll.MayWork, h.renewRecoveryCodes))

	r.GET("/jobs", h.staff(enroll.MayWork, h.staffJobs))
	r.GET("/jobs/:id", h.staff(enroll.MayWork, h.staffJob))
	r.POST("/jobs/:id/cancel", h.staff(enroll.MayWork, h.cancelJob))
	r.GET("/jobs/:id/failures", h.staff(enroll.MayWork, h.jobFailures))
	r.GET("/jobs/:id/failures/file", h.staff(enroll.MayWork, h.jobFailureFile))
	r.GET("/jobs/:id/result", h.staff(enroll.MayWork, h.jobResult))

	h.openingRoutes(r)
	h.accountRoutes(r)
	h.resetRoutes(r)
	r.GET("/audit", h.staff(enroll.MayAccounts, h.auditLog))
	r.POST("/audit/verify", h.staff(enroll.MayAccounts, h.verifyAudit))
	h.rosterRoutes(r)
	r.GET("/exports", h.staff(enroll.MayExport, h.exports))
	r.POST("/exports", h.staff(enroll.MayExport, h.startExport))
	r.POST("/exports/count", h.staff(enroll.MayExport, h.countExport))
	r.POST("/exports/mappings", h.staff(enroll.MayExport, h.saveMapping))
	r.DELETE("/exports/mappings/:id", h.staff(enroll.MayExport, h.dropMapping))

	h.pushRoutes(r)
	h.staffStudents(r)
	h.assistRoutes(r)
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
	h.intakeRoutes(r)
	r.GET("/menu", h.staff(enroll.MayMenu, h.menuDesk))
	r.POST("/menu", h.staff(enroll.MayMenu, h.pushMenu))
	r.POST("/menu/plan", h.staff(enroll.MayMenu, h.planMenu))
	r.POST("/menu/former", h.staff(enroll.MayMenu, h.planFormerMenu))
	r.POST("/menu/restore", h.staff(enroll.MayMenu, h.restoreMenu))
}

// intakeRoutes: the settings of an intake, its texts, points, programs and prices, and the calendar.
func (h *Handler) intakeRoutes(r staffRouter) {
	r.GET("/intakes", h.staff(enroll.MaySeeIntakes, h.staffIntakes))
	r.POST("/intakes", h.staff(enroll.MaySetIntake, h.openIntake))
	r.GET("/intakes/:id", h.staff(enroll.MaySeeIntakes, h.staffIntake))
	r.GET("/intakes/:id/history", h.staff(enroll.MaySeeIntakes, h.intakeHistory))
	r.GET("/intakes/:id/check", h.staff(enroll.MaySetIntake, h.checkIntake))
	r.PUT("/intakes/:id/settings/:section", h.staff(enroll.MaySetIntake, h.changeSettings))
	r.POST("/intakes/:id/number", h.staff(enroll.MaySetIntake, h.previewNumbers))
	r.GET("/intakes/:id/texts", h.staff(enroll.MaySetIntake, h.staffTexts))
	r.PUT("/intakes/:id/texts/:kind", h.staff(enroll.MaySetIntake, h.changeText))
	r.GET("/intakes/:id/places", h.staff(enroll.MaySeeIntakes, h.places))
	r.PUT("/intakes/:id/points", h.staff(enroll.MaySetPlaces, h.savePoint))
	r.PUT("/intakes/:id/programs", h.staff(enroll.MaySetPlaces, h.saveProgram))
	r.PUT("/intakes/:id/tuition", h.staff(enroll.MaySetTuition, h.saveTuition))
	r.DELETE("/intakes/:id/points/:code", h.staff(enroll.MaySetPlaces, h.dropPoint))
	r.DELETE("/intakes/:id/programs/:no", h.staff(enroll.MaySetPlaces, h.dropProgram))
	r.DELETE("/intakes/:id/tuition/:program", h.staff(enroll.MaySetTuition, h.dropTuition))
	r.GET("/settings/choices", h.staff(enroll.MaySeeIntakes, h.intakeChoices))
	r.GET("/settings/templates", h.staff(enroll.MaySetIntake, h.messageTemplates))
	r.GET("/calendar", h.staff(enroll.MayWork, h.calendar))
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

// staffStudents are the routes of students, of acts that take two people, and of finance's corner.
func (h *Handler) staffStudents(r staffRouter) {
	r.GET("/students/choices", h.staff(enroll.MaySeeStudents, h.studentChoices))
	r.POST("/students/search", h.staff(enroll.MaySeeStudents, h.searchStudents))
	r.POST("/students/counts", h.staff(enroll.MaySeeStudents, h.countStudents))
	r.GET("/students/:id", h.staff(enroll.MaySeeStudents, h.studentFile))
	r.GET("/students/:id/timeline", h.staff(enroll.MaySeeStudents, h.studentTimeline))
	r.GET("/students/:id/files/:file", h.staff(enroll.MaySeeStudents, h.studentAttachment))
	r.GET("/students/:id/faces/:file", h.staff(enroll.MaySeeStudents, h.studentFace))
	r.POST("/students/:id/unmask", h.staff(enroll.MayUnmask, h.onStudent(h.unmaskStudent)))
	r.POST("/students/:id/extend", h.staff(enroll.MayDecide, h.onStudent(h.extendStudent)))
	r.POST("/students/:id/attempts", h.staff(enroll.MayDecide, h.onStudent(h.grantAttempts)))
	r.POST("/students/:id/bind", h.staff(enroll.MayDecide, h.onStudent(h.bindStudent)))
	r.POST("/students/:id/unbind", h.staff(enroll.MayDecide, h.onStudent(h.unbindStudent)))
	r.GET("/students/:id/correct", h.staff(enroll.MayDecide, h.correctForm))
	r.POST("/students/:id/correct", h.staff(enroll.MayDecide, h.correctStudent))
	r.GET("/worklist", h.staff(enroll.MayRemind, h.worklist))
	r.POST("/students/:id/remind", h.staff(enroll.MayRemind, h.onStudent(h.remindStudent)))
	r.POST("/students/:id/unlock", h.staff(enroll.MayDecide, h.onStudent(h.unlockStudent)))
	r.POST("/students/:id/code", h.staff(enroll.MayAssist, h.onStudent(h.issueDeskCode)))
	r.POST("/students/:id/number", h.staff(enroll.MaySeeStudents, h.onStudent(h.numberStudent)))
	r.POST("/students/:id/approve", h.staff(enroll.MayDecide, h.onStudent(h.approveStudent)))
	r.POST("/students/:id/send-back", h.staff(enroll.MayDecide, h.onStudent(h.sendBackStudent)))
	r.POST("/students/:id/lapse", h.staff(enroll.MayDecide, h.onStudent(h.lapseStudent)))
	r.POST("/students/:id/reinstate", h.staff(enroll.MayDecide, h.onStudent(h.reinstateStudent)))
	r.POST("/students/:id/cancel", h.staff(enroll.MayDecide, h.onStudent(h.cancelStudent)))
	r.GET("/approvals", h.staff(enroll.MayConfirm, h.approvals))
	r.POST("/approvals/:id/confirm", h.staff(enroll.MayConfirm, h.confirmApproval))
	r.POST("/approvals/:id/refuse", h.staff(enroll.MayConfirm, h.refuseApproval))
	r.POST("/approvals/:id/withdraw", h.staff(enroll.MayConfirm, h.withdrawApproval))
	r.GET("/orders", h.staff(enroll.MayFinance, h.financeOrders))
	r.GET("/orders/:id/facts", h.staff(enroll.MayFinance, h.financeFacts))
	r.GET("/cases", h.staff(enroll.MayFinance, h.financeCases))
	r.POST("/cases/:id/close", h.staff(enroll.MayFinance, h.closeCase(false)))
	r.POST("/cases/:id/apply", h.staff(enroll.MayFinance, h.closeCase(true)))
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
