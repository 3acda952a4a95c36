package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type workerView struct {
	Name      string       `json:"name"`
	Every     int          `json:"every"`
	Light     enroll.Light `json:"light"`
	LightName string       `json:"light_name"`
	At        int64        `json:"at"`
	Host      string       `json:"host"`
	FailedAt  int64        `json:"failed_at"`
	Why       string       `json:"why"`
}

type systemView struct {
	At         int64        `json:"at"`
	Version    string       `json:"version"`
	Built      string       `json:"built"`
	Go         string       `json:"go"`
	Host       string       `json:"host"`
	Database   string       `json:"database"`
	DatabaseMS int64        `json:"database_ms"`
	Migration  int64        `json:"migration"`
	Pending    int          `json:"pending"`
	KV         string       `json:"kv"`
	KVMS       int64        `json:"kv_ms"`
	Files      string       `json:"files"`
	Waiting    int          `json:"waiting"`
	Dead       int          `json:"dead"`
	Unknown    int          `json:"unknown"`
	OldestAt   int64        `json:"oldest_at"`
	LiveOrders int          `json:"live_orders"`
	Workers    []workerView `json:"workers"`
	Stuck      []stuckView  `json:"stuck"`
}

// stuckView is a message that goes out only if a person sends it again.
type stuckView struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Registration string `json:"registration"`
	Unknown      bool   `json:"unknown"`
	At           int64  `json:"at"`
	Attempts     int    `json:"attempts"`
	Error        string `json:"error"`
}

func (h *Handler) system(c *gin.Context, _ *service.Duty) (any, error) {
	y, err := h.svc.System(c.Request.Context())
	if err != nil {
		return nil, err
	}
	v := systemView{
		At: millis(y.At), Version: y.Version, Built: y.Built, Go: y.Go, Host: y.Host,
		Database: y.Database.Driver + " " + y.Database.Version, DatabaseMS: y.DatabaseTook.Milliseconds(), Migration: y.Database.Applied, Pending: y.Database.Pending,
		KV: y.KV, KVMS: y.KVTook.Milliseconds(), Files: y.Files,
		Waiting: y.Backlog.Waiting, Dead: y.Backlog.Dead, Unknown: y.Backlog.Unknown, OldestAt: millis(y.Backlog.Oldest), LiveOrders: y.Backlog.LiveOrders, Stuck: []stuckView{},
	}
	for _, m := range y.Stuck {
		v.Stuck = append(v.Stuck, stuckView{m.ID, m.Name, m.Registration, m.Unknown, millis(m.At), m.Attempts, m.Error})
	}
	for _, w := range y.Workers {
		v.Workers = append(v.Workers, workerView{w.Name, int(w.Every.Seconds()), w.Light, w.Light.Name(), millis(w.At), w.Host, millis(w.FailedAt), w.Why})
	}
	return v, nil
}

type diagnosisView struct {
	Name      string       `json:"name"`
	Light     enroll.Light `json:"light"`
	LightName string       `json:"light_name"`
	Fault     string       `json:"fault"`
	Mend      string       `json:"mend"`
}

func (h *Handler) checkSystem(c *gin.Context, d *service.Duty) (any, error) {
	list, err := h.svc.CheckUp(c.Request.Context(), d)
	rows := make([]diagnosisView, len(list))
	for i, g := range list {
		rows[i] = diagnosisView{g.Name, g.Light(), g.Light().Name(), g.Fault, g.Mend}
	}
	return gin.H{"rows": rows}, err
}

func (h *Handler) resendOutbox(c *gin.Context, d *service.Duty) (any, error) {
	var q struct {
		IDs []string `json:"ids"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	sent, err := h.svc.ResendOutbox(c.Request.Context(), d, q.IDs)
	return gin.H{"sent": sent}, err
}
