package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

type lookView struct {
	At   int64  `json:"at"`
	Who  string `json:"who"`
	What string `json:"what"`
	Why  string `json:"why"`
}

func (h *Handler) looks(c *gin.Context, v *service.Visit) (any, error) {
	list, err := h.svc.Looks(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	views := make([]lookView, len(list))
	for i, l := range list {
		views[i] = lookView{millis(l.At), l.Who, l.What, l.Why}
	}
	return views, nil
}
