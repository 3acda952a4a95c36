package handler

import (
	"context"

	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

type workRowView struct {
	studentRowView
	StartedAt int64 `json:"started_at"`
	Reminded  bool  `json:"reminded"`
}

type workKindView struct {
	Kind  service.WorkKind `json:"kind"`
	Name  string           `json:"name"`
	Count int              `json:"count"`
}

// worklist shows one heap of what students have left undone, and how large all heaps are.
func (h *Handler) worklist(c *gin.Context, d *service.Duty) (any, error) {
	ctx := c.Request.Context()
	list, next, err := h.svc.Worklist(ctx, d, service.WorkKind(c.DefaultQuery("kind", string(service.WorkNew))), c.Query("after"), pageLimit(c))
	if err != nil {
		return nil, err
	}
	counts, err := h.svc.WorkCounts(ctx, d)
	if err != nil {
		return nil, err
	}
	rows, kinds := make([]workRowView, len(list)), make([]workKindView, len(service.WorkKinds))
	for i, r := range list {
		rows[i] = workRowView{viewStudentRow(d, r.StudentRow), millis(r.Registration.StartedAt), r.Reminded}
	}
	for i, k := range service.WorkKinds {
		kinds[i] = workKindView{k.Kind, k.Name, counts[k.Kind]}
	}
	return gin.H{"rows": rows, "next": next, "kinds": kinds}, nil
}

func (h *Handler) remindStudent(ctx context.Context, d *service.Duty, id string, _ studentActBody) (any, error) {
	return nil, h.svc.RemindStudent(ctx, d, id)
}
