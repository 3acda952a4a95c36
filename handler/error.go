package handler

import (
	"context"
	"crypto/rand"
	"database/sql/driver"
	"errors"
	"net"
	"net/http"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
)

// statuses maps each class of error to its HTTP status, here and nowhere else.
var statuses = map[enroll.Code]int{
	enroll.Invalid:         http.StatusUnprocessableEntity,
	enroll.Unauthenticated: http.StatusUnauthorized,
	enroll.Forbidden:       http.StatusForbidden,
	enroll.NotFound:        http.StatusNotFound,
	enroll.Conflict:        http.StatusConflict,
	enroll.WrongState:      http.StatusConflict,
	enroll.TooMany:         http.StatusTooManyRequests,
	enroll.Declined:        http.StatusUnprocessableEntity,
	enroll.Upstream:        http.StatusServiceUnavailable,
	enroll.Internal:        http.StatusInternalServerError,
}

type errorView struct {
	Code     enroll.Code    `json:"code"`
	Reason   enroll.Reason  `json:"reason"`
	Field    string         `json:"field,omitempty"`
	Message  string         `json:"message"`
	Incident string         `json:"incident,omitempty"`
	Data     map[string]any `json:"data,omitempty"`
}

// fail renders an error; what is none of ours is logged whole and shown as an incident code.
func (h *Handler) fail(c *gin.Context, err error) {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		err = enroll.Fail("body_too_large").Because(err)
	}
	var known *enroll.Error
	if !errors.As(err, &known) {
		known = enroll.Fail("internal").Because(err)
		if unreachable(err) {
			known = enroll.Fail("busy").Because(err)
		}
	}
	view := errorView{Code: known.Code, Reason: known.Reason, Field: known.Field, Message: known.Message(), Data: known.Data}
	switch known.Code {
	case enroll.Internal:
		view.Incident = rand.Text()[:8]
		h.log.Error("request failed", "incident", view.Incident, "route", c.FullPath(), "error", err)
	case enroll.Upstream:
		c.Header("Retry-After", "5")
		h.log.Warn("a service outside failed", "route", c.FullPath(), "error", err)
	}
	c.AbortWithStatusJSON(statuses[known.Code], gin.H{"error": view})
}

// unreachable says that database or KV did not answer, or that the browser left: another try may succeed.
func unreachable(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}
