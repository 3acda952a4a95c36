package handler

import (
	"net/http"
	"regexp"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// askForPayment makes the link and the code by which somebody else pays (请人代付).
func (h *Handler) askForPayment(c *gin.Context, v *service.Visit) (any, error) {
	token, link, err := h.svc.AskForPayment(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	address := h.cfg.PublicURL + "/p/" + token
	picture, err := qrPicture(address)
	return gin.H{"url": address, "qr": picture, "expires_at": link.ExpiresAt.UnixMilli()}, err
}

func (h *Handler) revokePayLink(c *gin.Context, v *service.Visit) (any, error) {
	return gin.H{}, h.svc.RevokePayLink(c.Request.Context(), v)
}

// secretToken is what rand.Text makes: the token of a pay link, and of a handoff.
var secretToken = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// payForPage is the address of a pay link: inside WeChat it passes the web
// authorisation, since the payer pays from the payer's own WeChat, and ends at
// the page without a login.
func (h *Handler) payForPage(c *gin.Context) (any, error) {
	c.Header("Cache-Control", "no-store")
	to := "pay-for"
	if token := c.Param("token"); secretToken.MatchString(token) {
		to += "?t=" + token
	}
	if inWeChat(c.Request) && h.openid(c) == "" && h.svc.OA.Enabled() {
		return nil, h.authorize(c, to)
	}
	c.Redirect(http.StatusFound, "/#/"+to)
	return nil, nil
}

// favour shows a payer payee, items, amount and 张**, and where the payment stands; never a number.
func (h *Handler) favour(c *gin.Context) (any, error) {
	f, err := h.svc.PayFor(c.Request.Context(), c.Param("token"), c.ClientIP())
	if err != nil {
		return nil, err
	}
	live, err := h.svc.LiveOrder(c.Request.Context(), f.Link.Registration)
	if err != nil {
		return nil, err
	}
	wechat, err := h.elsewhere("/p/" + c.Param("token"))
	if err != nil {
		return nil, err
	}
	set := f.Intake.Settings
	return gin.H{
		"live": liveView(live), "wechat": wechat,
		"name": f.Name, "payee": set.Payee, "school_year": set.SchoolYear, "items": f.Bill.Items, "total_fen": f.Bill.TotalFen, "paid_fen": f.Bill.PaidFen,
		"refund_rule": set.RefundRule, "channels": h.channels(c, set), "deadline_at": f.Link.ExpiresAt.UnixMilli(),
		"state": f.State, "state_name": favourName(f.State),
	}, nil
}

// favourName is the state of a payment for who pays for somebody else.
func favourName(state service.PayState) string {
	if state == service.PayDone {
		return "支付成功，感谢您代付"
	}
	return state.Name()
}

func (h *Handler) payFor(c *gin.Context) (any, error) {
	var form struct {
		Channel enroll.Channel `json:"channel"`
	}
	if err := bind(c, &form); err != nil {
		return nil, err
	}
	checkout, err := h.svc.StartPaymentFor(c.Request.Context(), c.Param("token"), c.ClientIP(), form.Channel, h.openid(c))
	if err != nil {
		return nil, err
	}
	return paymentView(checkout)
}
