package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

// loginByDesk lets a student in with a code that staff gave, as login does with one by SMS.
func (h *Handler) loginByDesk(c *gin.Context) (any, error) {
	var q struct {
		IDType   string `json:"id_type"`
		IDNumber string `json:"id_number"`
		Phone    string `json:"phone"`
		Name     string `json:"name"`
		Code     string `json:"code"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	v, challenge, err := h.svc.LoginByDesk(c.Request.Context(), service.DeskLogin{
		IDType: q.IDType, IDNumber: q.IDNumber, Phone: q.Phone, Name: q.Name, Code: q.Code,
		OpenID: h.openid(c), Address: c.ClientIP(), Device: device(c.Request.UserAgent()), DeviceID: h.deviceID(c),
	})
	return h.entered(c, v, challenge, err)
}

type codeTroubleView struct {
	Phone     string `json:"phone"`
	Asked     int    `json:"asked"`
	MostHour  int    `json:"most_hour"`
	MostDay   int    `json:"most_day"`
	FreeAt    int64  `json:"free_at"`
	ExpiresIn int    `json:"expires_in"`
}

// codeTrouble tells who waits for a code what the limits are and when they end.
func (h *Handler) codeTrouble(c *gin.Context) (any, error) {
	var q struct {
		Challenge string `json:"challenge"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	t, err := h.svc.CodeTrouble(c.Request.Context(), q.Challenge)
	if err != nil {
		return nil, err
	}
	return codeTroubleView{t.Phone, t.Asked, t.MostHour, t.MostDay, millis(t.FreeAt), int(t.ExpiresIn.Seconds())}, nil
}
