package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// alertView is one thing that several students share; it stops nobody.
type alertView struct {
	ID       string           `json:"id"`
	Kind     enroll.TraceKind `json:"kind"`
	Hash     string           `json:"hash"`
	Name     string           `json:"name"`
	Means    string           `json:"means"`
	Students int              `json:"students"`
	FirstAt  int64            `json:"first_at"`
	LastAt   int64            `json:"last_at"`
	Open     bool             `json:"open"`
	Note     string           `json:"note"`
	By       string           `json:"by"`
	LookedAt int64            `json:"looked_at"`
	Looked   int              `json:"looked"`
	Version  int              `json:"version"`
}

func viewAlert(a enroll.Alert) alertView {
	v := alertView{
		ID: string(a.Kind) + a.Hash, Kind: a.Kind, Hash: a.Hash, Name: a.Kind.Name(), Means: a.Kind.Means(), Students: a.Students,
		FirstAt: millis(a.FirstAt), LastAt: millis(a.LastAt), Open: a.Open(),
	}
	if a.Look != nil {
		v.Note, v.By, v.LookedAt, v.Looked, v.Version = a.Look.Note, a.Look.By, millis(a.Look.At), a.Look.Students, a.Look.Version
	}
	return v
}

func (h *Handler) alerts(c *gin.Context, _ *service.Duty) (any, error) {
	list, err := h.svc.Alerts(c.Request.Context(), c.Query("all") == "1")
	rows := make([]alertView, len(list))
	for i, a := range list {
		rows[i] = viewAlert(a)
	}
	return gin.H{"rows": rows}, err
}

func (h *Handler) alertStudents(c *gin.Context, d *service.Duty) (any, error) {
	list, err := h.svc.AlertStudents(c.Request.Context(), enroll.TraceKind(c.Param("kind")), c.Param("hash"))
	rows := make([]studentRowView, len(list))
	for i, r := range list {
		rows[i] = viewStudentRow(d, r)
	}
	return gin.H{"rows": rows}, err
}

func (h *Handler) lookAtAlert(c *gin.Context, d *service.Duty) (any, error) {
	var q struct {
		Note     string `json:"note"`
		Students int    `json:"students"`
		Version  int    `json:"version"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	kind, hash := enroll.TraceKind(c.Param("kind")), c.Param("hash")
	return gin.H{}, h.svc.LookAtAlert(c.Request.Context(), d, kind, hash, q.Note, q.Students, q.Version)
}
