package handler

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// Routes is every route of the program, by audience.
func (h *Handler) Routes() (http.Handler, error) {
	r, err := h.engine()
	if err != nil {
		return nil, err
	}
	return h.withSessions(r), nil
}

func (h *Handler) engine() (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.HandleMethodNotAllowed = true
	if err := r.SetTrustedProxies(h.cfg.TrustedProxies); err != nil {
		return nil, err
	}
	r.Use(h.observe, h.survive, h.headers)
	h.operators(r)
	h.wechat(r)
	h.students(r.Group("/api", h.ownSite))
	h.staffPermissions = map[string]enroll.Permission{}
	h.staffRoutes(staffRouter{r.Group("/api/staff", h.ownSite, h.staffAddress), h.staffPermissions})
	h.site(r)
	return r, nil
}

// operators' routes: is the process alive, may traffic come.
func (h *Handler) operators(r gin.IRouter) {
	r.GET("/livez", func(c *gin.Context) { c.String(http.StatusOK, "ok") })
	r.GET("/readyz", h.public(h.ready))
}

// wechat's routes: what WeChat and WeChat Pay call, and the web authorisation.
func (h *Handler) wechat(r gin.IRouter) {
	r.GET("/wechat/oauth", h.public(h.oauth))
	r.GET("/wechat/callback", h.public(h.callbackProbe))
	r.POST("/wechat/callback", h.public(h.callback))
	r.POST("/wechat/pay/notify", h.payNotice)
}

// students' routes, as docs/openapi.yaml describes them.
func (h *Handler) students(r gin.IRouter) {
	r.GET("/school", h.public(h.school))
	r.GET("/texts/:kind", h.public(h.text))
	r.GET("/tuition", h.public(h.tuition))
	r.GET("/prepare", h.public(h.prepare))
	r.POST("/help", h.public(h.help))
	r.GET("/login/captcha", h.public(h.captcha))
	r.POST("/login/code", h.public(h.requestCode))
	r.POST("/login", h.public(h.login))
	r.POST("/login/trouble", h.public(h.codeTrouble))
	r.POST("/login/desk", h.public(h.loginByDesk))
	r.POST("/logout", h.public(h.logout))
	r.GET("/name-check", h.public(h.nameCheck))
	r.POST("/name-check", h.public(h.fileNameCheck))
	r.GET("/me", h.student(h.me))
	r.POST("/choose", h.student(h.choose))
	r.POST("/phone/code", h.student(h.requestPhoneCode))
	r.POST("/phone", h.student(h.changePhone))
	r.POST("/prepare/done", h.student(h.finishPreparation))
	r.POST("/consent", h.student(h.answerConsent))
	r.POST("/face", h.student(h.checkFace))
	r.POST("/face/archive", h.student(h.archiveFace))
	h.handoffs(r)
	r.GET("/identity", h.student(h.identity))
	r.POST("/identity/confirm", h.student(h.confirmIdentity))
	r.GET("/corrections", h.student(h.corrections))
	r.POST("/corrections", h.student(h.fileCorrection))
	r.DELETE("/corrections/:id", h.student(h.withdrawCorrection))

	r.GET("/form", h.student(h.form))
	r.GET("/schools", h.student(h.schools))
	r.GET("/sections/:key", h.student(h.section))
	r.PUT("/sections/:key", h.student(h.saveSection))
	r.POST("/sections/:key/done", h.student(h.finishSection))

	r.GET("/attachments", h.student(h.attachments))
	r.POST("/attachments/done", h.student(h.finishAttachments))
	r.PUT("/attachments/proof", h.student(h.writeProof))
	r.POST("/attachments/:kind", h.student(h.attach))
	r.DELETE("/attachments/:file", h.student(h.detach))
	r.GET("/attachments/:file/file", h.student(h.openAttachment))
	r.GET("/review", h.student(h.review))
	r.GET("/commitment", h.student(h.commitment))
	r.POST("/commitment", h.student(h.signCommitment))
	r.GET("/commitment/signature", h.student(h.commitmentPicture))
	r.GET("/commitment/paper", h.student(h.commitmentPaper))
	r.POST("/submit", h.student(h.submit))
	r.POST("/amend", h.student(h.amend))

	r.GET("/bill", h.student(h.bill))
	r.POST("/pay", h.student(h.pay))
	r.POST("/pay/link", h.student(h.askForPayment))
	r.DELETE("/pay/link", h.student(h.revokePayLink))
	r.GET("/pay-for/:token", h.public(h.favour))
	r.POST("/pay-for/:token", h.public(h.payFor))
	r.GET("/pay/status", h.student(h.payStatus))
	r.POST("/pay/check", h.student(h.payStatus))
	r.GET("/done", h.student(h.done))
	r.GET("/slip", h.student(h.slipPaper))
	r.GET("/slip/picture", h.student(h.slipPicture))
	r.POST("/slip/link", h.student(h.slipLink))
	r.GET("/follow", h.student(h.follow))
	r.POST("/follow", h.student(h.offerFollow))
	r.GET("/progress", h.student(h.progress))
	r.GET("/looks", h.student(h.looks))
	h.applications(r)
}

// handoffs' routes: what the page at a PC asks, and what the phone does that was handed one job.
func (h *Handler) handoffs(r gin.IRouter) {
	r.POST("/handoff", h.student(h.beginHandoff))
	r.GET("/handoff", h.asked(h.handoff))
	r.DELETE("/handoff", h.asked(h.cancelHandoff))
	r.POST("/handoff/signed", h.asked(h.handedSignature))
	r.POST("/handoff/file", h.asked(h.handedFile))
	r.POST("/handoff/open", h.public(h.openHandoff))
	r.GET("/handoff/phone", h.phone(func(*gin.Context, service.Handed) error { return nil }))
	r.DELETE("/handoff/phone", h.phone(h.leaveHandoff))
	r.POST("/handoff/face", h.phone(h.handFace))
	r.POST("/handoff/archive", h.phone(h.handArchive))
	r.POST("/handoff/files", h.phone(h.handFile))
	r.POST("/handoff/signature", h.phone(h.handSignature))
	r.POST("/handoff/done", h.phone(h.finishHandoff))
}

// applications' routes: reserve, give up, resume and leave share one way.
func (h *Handler) applications(r gin.IRouter) {
	r.GET("/application", h.student(h.application))
	r.POST("/application/withdraw", h.student(h.withdrawApplication))
	r.GET("/application/signature", h.student(h.applicationPicture))
	r.GET("/application/paper", h.student(h.applicationPaper))
	r.POST("/sentence", h.student(h.compareSentence))
	r.GET("/applications/:kind", h.student(h.applicationForm))
	r.POST("/applications/:kind", h.student(h.fileApplication))
	r.POST("/applications/:kind/check", h.student(h.checkApplication))
	r.POST("/applications/:kind/code", h.student(h.applicationCode))
	r.POST("/applications/:kind/files", h.student(h.attachToApplication))
	r.DELETE("/applications/:kind/files/:file", h.student(h.detachFromApplication))
	r.GET("/applications/:kind/files/:file", h.student(h.openApplicationFile))
}

// site's routes: the pages, and the server paths that messages and menus carry.
func (h *Handler) site(r *gin.Engine) {
	r.GET("/ws/app/login/toRegister", func(c *gin.Context) { c.Redirect(http.StatusFound, "/") })
	r.GET("/go/:page", h.public(h.goPage))
	r.GET("/p/:token", h.public(h.payForPage))
	r.GET("/h/:token", h.public(h.handoffPage))
	r.GET("/slip/:token", h.slipDownload)
	r.GET("/v/:code", h.verifySlip)
	for name, content := range h.cfg.DomainFiles {
		r.GET("/"+name, func(c *gin.Context) { c.String(http.StatusOK, content) })
	}
	r.NoRoute(h.page)
}

// page serves the front end; what is asked for under /api and stands nowhere is answered as such.
func (h *Handler) page(c *gin.Context) {
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		h.fail(c, enroll.Fail("not_found"))
		return
	}
	h.pages.ServeHTTP(c.Writer, c.Request)
}
