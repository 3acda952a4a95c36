package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// openingRoutes: how everything stands on the opening day, what students share who should not, and the program itself.
func (h *Handler) openingRoutes(r staffRouter) {
	r.GET("/dashboard", h.staff(enroll.MayWork, h.dashboard))
	r.GET("/posters/:point", h.staff(enroll.MayWork, h.pointPoster))
	r.GET("/digest", h.staff(enroll.MayWork, h.digest))
	r.PUT("/digest", h.staff(enroll.MayWork, h.setDigest))
	r.POST("/digest/wechat", h.staff(enroll.MayWork, h.bindDigest))
	r.DELETE("/digest/wechat", h.staff(enroll.MayWork, h.unbindDigest))
	r.GET("/opening", h.staff(enroll.MayWatch, h.opening))
	r.PUT("/opening/gates/:gate", h.staff(enroll.MayWatch, h.setGate))
	r.GET("/alerts", h.staff(enroll.MayAlerts, h.alerts))
	r.GET("/alerts/:kind/:hash", h.staff(enroll.MayAlerts, h.alertStudents))
	r.POST("/alerts/:kind/:hash/look", h.staff(enroll.MayAlerts, h.lookAtAlert))
	r.GET("/system", h.staff(enroll.MayAccounts, h.system))
	r.POST("/system/check", h.staff(enroll.MayAccounts, h.checkSystem))
	r.POST("/system/resend", h.staff(enroll.MayAccounts, h.resendOutbox))
}

type lightView struct {
	Key       string       `json:"key"`
	Name      string       `json:"name"`
	Light     enroll.Light `json:"light"`
	LightName string       `json:"light_name"`
	Text      string       `json:"text"`
	Hint      string       `json:"hint"`
	Oldest    int64        `json:"oldest_at"`
	Gate      enroll.Gate  `json:"gate"`
}

// gateView is one way to the outside, with what pausing it does and what students then read.
type gateView struct {
	Gate     enroll.Gate `json:"gate"`
	Name     string      `json:"name"`
	Does     string      `json:"does"`
	Seen     string      `json:"seen"`
	Offered  string      `json:"offered"`
	Paused   bool        `json:"paused"`
	Sentence string      `json:"sentence"`
	Told     string      `json:"told"`
	By       string      `json:"by"`
	At       int64       `json:"at"`
	Version  int         `json:"version"`
}

func viewGate(g enroll.GateState) gateView {
	rule, _ := g.Gate.Rule()
	return gateView{
		Gate: g.Gate, Name: rule.Name, Does: rule.Does, Seen: rule.Seen, Offered: rule.Sentence, Paused: g.Paused, Sentence: g.Sentence,
		Told: g.Told(), By: g.By, At: millis(g.At), Version: g.Version,
	}
}

func viewGates(list []enroll.GateState) []gateView {
	rows := make([]gateView, len(list))
	for i, g := range list {
		rows[i] = viewGate(g)
	}
	return rows
}

func (h *Handler) opening(c *gin.Context, _ *service.Duty) (any, error) {
	o, err := h.svc.Opening(c.Request.Context())
	if err != nil {
		return nil, err
	}
	rows := make([]lightView, len(o.Rows))
	for i, r := range o.Rows {
		rows[i] = lightView{r.Key, r.Name, r.Light, r.Light.Name(), r.Text, r.Hint, millis(r.Oldest), r.Gate}
	}
	return gin.H{"at": millis(o.At), "lights": rows, "gates": viewGates(o.Gates), "changes": viewGates(o.Changes)}, nil
}

func (h *Handler) setGate(c *gin.Context, d *service.Duty) (any, error) {
	var q struct {
		Paused   bool   `json:"paused"`
		Sentence string `json:"sentence"`
		Version  int    `json:"version"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	return gin.H{}, h.svc.SetGate(c.Request.Context(), d, enroll.Gate(c.Param("gate")), q.Paused, q.Sentence, q.Version)
}
