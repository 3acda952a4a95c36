package handler

import (
	"encoding/base64"
	"log/slog"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/skip2/go-qrcode"

	"xinsheng/enroll"
	"xinsheng/service"
)

// wholeProcess is the manual's sentence (二.1.7).
const wholeProcess = "完成信息核对及填报，并成功缴纳学费方可视为完成全部注册流程！"

// bill shows what is owed, to whom, and how it can be paid.
func (h *Handler) bill(c *gin.Context, v *service.Visit) (any, error) {
	bill, err := h.svc.Bill(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	set := v.Intake.Settings
	wechat, err := h.elsewhere("/go/pay")
	if err != nil {
		return nil, err
	}
	link, err := h.svc.PayLink(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	view := gin.H{
		"payee": set.Payee, "school_year": set.SchoolYear, "items": bill.Items, "total_fen": bill.TotalFen, "paid_fen": bill.PaidFen,
		"refund_rule": set.RefundRule, "rule": wholeProcess, "channels": h.channels(c, set),
		"deadline_at": enroll.DeadlinesOf(v.Intake, v.Registration).Pay.UnixMilli(), "live": nil, "link": nil, "locked": bill.Locked, "wechat": wechat,
	}
	if link != nil {
		view["link"] = gin.H{"expires_at": link.ExpiresAt.UnixMilli()}
	}
	if live := bill.Live; live != nil {
		view["live"] = gin.H{"channel": live.Channel, "expires_at": live.ExpiresAt.UnixMilli()}
	}
	return view, nil
}

// elsewhere is where WeChat opens what another browser cannot pay: an address to copy, and a code to save.
func (h *Handler) elsewhere(path string) (gin.H, error) {
	address := h.cfg.PublicURL + path
	picture, err := qrPicture(address)
	return gin.H{"url": address, "qr": picture}, err
}

// channels are the ways in which this session can pay.
func (h *Handler) channels(c *gin.Context, set enroll.Settings) []enroll.Channel {
	channels := []enroll.Channel{enroll.Native}
	if h.openid(c) != "" {
		channels = []enroll.Channel{enroll.JSAPI, enroll.Native}
	}
	if set.H5Pay {
		channels = append(channels, enroll.H5)
	}
	return channels
}

// pay opens a payment; the openid is that of the WeChat in which the page is open.
func (h *Handler) pay(c *gin.Context, v *service.Visit) (any, error) {
	var form struct {
		Channel enroll.Channel `json:"channel"`
	}
	if err := bind(c, &form); err != nil {
		return nil, err
	}
	checkout, err := h.svc.StartPayment(c.Request.Context(), v, form.Channel, h.openid(c))
	if err != nil {
		return nil, err
	}
	if checkout.Settled {
		me, err := h.me(c, v)
		return gin.H{"settled": true, "me": me}, err
	}
	return paymentView(checkout)
}

// paymentView is what a page needs to let somebody pay an order.
func paymentView(checkout service.Checkout) (gin.H, error) {
	o := checkout.Order
	view := gin.H{"order": o.OutTradeNo, "channel": o.Channel, "expires_at": o.ExpiresAt.UnixMilli()}
	switch o.Channel {
	case enroll.JSAPI:
		view["jsapi"] = checkout.JSAPI
	case enroll.H5:
		view["h5_url"] = o.H5URL
	case enroll.Native:
		picture, err := qrPicture(o.CodeURL)
		view["code_url"], view["qr"] = o.CodeURL, picture
		return view, err
	}
	return view, nil
}

func qrPicture(text string) (string, error) {
	png, err := qrcode.Encode(text, qrcode.Medium, 320)
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(png), err
}

// payStatus says where the payment stands; whatever the page believes, WeChat Pay is asked.
func (h *Handler) payStatus(c *gin.Context, v *service.Visit) (any, error) {
	state, number, err := h.svc.PayStatus(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	live, err := h.svc.LiveOrder(c.Request.Context(), v.Registration.ID)
	return gin.H{"state": state, "state_name": state.Name(), "number": number, "live": liveView(live)}, err
}

// liveView names the order that can be paid now, so that a page notices that another device has taken over.
func liveView(live *enroll.Order) gin.H {
	if live == nil {
		return nil
	}
	return gin.H{"order": live.OutTradeNo, "channel": live.Channel}
}

// payNotice takes WeChat Pay's notice (支付通知): 204 for everything that is
// verified and kept, also what does not fit; 401 for what is not verified; 5xx
// where it could not be kept, so that it comes again.
func (h *Handler) payNotice(c *gin.Context) {
	err := h.svc.TakeNotice(c.Request.Context(), c.Request)
	if enroll.ReasonOf(err) == "notice_unverified" {
		h.refuseNotice(c, err)
		return
	}
	if err != nil {
		h.log.Error("pay notice not kept", "error", err)
		c.AbortWithStatusJSON(http.StatusInternalServerError, gin.H{"code": "FAIL", "message": "失败"})
		return
	}
	c.Status(http.StatusNoContent)
	c.Writer.WriteHeaderNow()
	c.Writer.Flush()
	service.Mark("after_answer")
}

// refuseNotice answers what is not from WeChat Pay; its own probes (SIGNTEST) prove that we verify, and alarm nobody.
func (h *Handler) refuseNotice(c *gin.Context, err error) {
	level := slog.LevelWarn
	if strings.HasPrefix(c.GetHeader("Wechatpay-Signature"), "WECHATPAY/SIGNTEST/") {
		level = slog.LevelInfo
	}
	h.log.Log(c.Request.Context(), level, "pay notice refused", "error", err)
	c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"code": "FAIL", "message": "签名验证失败"})
}
