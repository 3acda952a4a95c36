package handler

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

func (h *Handler) slipPaper(c *gin.Context, v *service.Visit) (any, error) {
	body, err := h.svc.SlipPaper(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	sendFile(c, enroll.MimePDF, body)
	return nil, nil
}

func (h *Handler) slipPicture(c *gin.Context, v *service.Visit) (any, error) {
	body, err := h.svc.SlipPicture(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	sendFile(c, enroll.MimePNG, body)
	return nil, nil
}

// slipLink makes the address that is copied out of Android's WeChat (复制链接到浏览器下载).
func (h *Handler) slipLink(c *gin.Context, v *service.Visit) (any, error) {
	token, until, err := h.svc.SlipLink(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	return gin.H{"url": h.cfg.PublicURL + "/slip/" + token, "expires_at": until.UnixMilli()}, nil
}

// slipDownload gives the PDF once. Inside WeChat, which cannot save it, the link is not used up.
func (h *Handler) slipDownload(c *gin.Context) {
	if inWeChat(c.Request) {
		h.sheet(c, http.StatusOK, sheet{Title: "下载注册凭证", Words: "微信里不能保存 PDF。请把本页链接复制到手机浏览器打开，链接只能用一次。"})
		return
	}
	body, err := h.svc.SlipByLink(c.Request.Context(), c.Param("token"), c.ClientIP())
	if err != nil {
		h.failSheet(c, "下载注册凭证", err)
		return
	}
	sendFile(c, enroll.MimePDF, body)
}

// verifySlip is the page behind a slip's code (注册凭证核验); it is whole without scripts.
func (h *Handler) verifySlip(c *gin.Context) {
	const title = "注册凭证核验"
	proof, err := h.svc.VerifySlip(c.Request.Context(), c.Param("code"), c.ClientIP())
	if enroll.CodeOf(err) == enroll.NotFound {
		h.sheet(c, http.StatusNotFound, sheet{Title: title, Verdict: "无效", Tone: "bad", Words: "没有查到这张凭证，请核对网址或重新扫码。"})
		return
	}
	if err != nil {
		h.failSheet(c, title, err)
		return
	}
	page := sheet{
		Title: title, Verdict: "有效", Tone: "good", Words: "该生已完成新生注册。",
		Rows: [][2]string{{"学校", proof.School}, {"批次", proof.Intake}, {"姓名", proof.Name}, {"学号后四位", proof.Number}, {"核验时间", enroll.Minute(h.svc.Now())}},
	}
	if !proof.Valid {
		page.Verdict, page.Tone, page.Words = "无效", "bad", "这张凭证已失效，请向学校核实。"
	}
	h.sheet(c, http.StatusOK, page)
}

// sheet is a page that the server renders: a verdict, a sentence, some facts.
type sheet struct {
	Title, Verdict, Tone, Words string
	Rows                        [][2]string
	Style                       template.CSS
}

//go:embed sheet.html
var sheetHTML string

//go:embed sheet.css
var sheetCSS string

func (h *Handler) sheet(c *gin.Context, status int, page sheet) {
	hash := sha256.Sum256([]byte(sheetCSS))
	c.Header("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'")
	c.Header("Content-Type", "text/html; charset=utf-8")
	c.Header("Cache-Control", "no-store")
	c.Header("X-Robots-Tag", "noindex")
	c.Status(status)
	page.Style = template.CSS(sheetCSS)
	if err := h.sheets.Execute(c.Writer, page); err != nil {
		h.log.Warn("page not rendered", "route", c.FullPath(), "error", err)
	}
}

// failSheet says on such a page why there is nothing to show.
func (h *Handler) failSheet(c *gin.Context, title string, err error) {
	code := enroll.CodeOf(err)
	if code == enroll.Internal {
		h.log.Error("request failed", "route", c.FullPath(), "error", err)
	}
	h.sheet(c, statuses[code], sheet{Title: title, Words: enroll.ReasonOf(err).Text()})
}
