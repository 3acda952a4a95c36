package handler

import (
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
)

// callbackProbe answers WeChat's check of the callback's address.
func (h *Handler) callbackProbe(c *gin.Context) (any, error) {
	echo, err := h.svc.OA.Probe(c.Request.URL.Query())
	if err != nil {
		return nil, err
	}
	c.String(http.StatusOK, echo)
	return nil, nil
}

// callback takes messages and events of the account, in safe mode only.
func (h *Handler) callback(c *gin.Context) (any, error) {
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxJSON))
	if err != nil {
		return nil, enroll.Fail("body_too_large").Because(err)
	}
	reply, err := h.svc.Callback(c.Request.Context(), c.Request.URL.Query(), body)
	if err != nil {
		return nil, err
	}
	c.Data(http.StatusOK, "application/xml; charset=utf-8", []byte(reply))
	return nil, nil
}
