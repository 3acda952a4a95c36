package handler

import (
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// auditView is one line of the audit log.
type auditView struct {
	ID         string `json:"id"`
	At         int64  `json:"at"`
	Account    string `json:"account"`
	Title      string `json:"role_title"`
	Action     string `json:"action"`
	ActionName string `json:"action_title"`
	Object     string `json:"object"`
	// ObjectName is a student's 考生号 or an account; empty where it is neither.
	ObjectName string `json:"object_title"`
	Detail     string `json:"detail"`
	Address    string `json:"address"`
}

func (h *Handler) auditLog(c *gin.Context, _ *service.Duty) (any, error) {
	q := service.AuditQuery{
		Account: c.Query("account"), Action: c.Query("action"), Object: c.Query("object"), After: c.Query("after"), Limit: pageLimit(c),
	}
	var err error
	if q.From, err = dayAsked(c, "from"); err != nil {
		return nil, err
	}
	if q.Until, err = dayAsked(c, "to"); err != nil {
		return nil, err
	}
	if !q.Until.IsZero() {
		q.Until = q.Until.AddDate(0, 0, 1)
	}
	list, err := h.svc.AuditLog(c.Request.Context(), q)
	if err != nil {
		return nil, err
	}
	names, err := h.svc.AuditObjects(c.Request.Context(), list)
	if err != nil {
		return nil, err
	}
	rows, next := []auditView{}, ""
	for _, a := range list {
		rows = append(rows, auditView{a.ID, a.At.UnixMilli(), a.Account, a.Role.Name(), a.Action, a.ActionName(), a.Object, names[a.Object], service.AuditText(a), a.Address})
	}
	if len(list) == q.Limit {
		next = list[q.Limit-1].ID
	}
	actions := []nameView{}
	for _, action := range enroll.AuditActions() {
		actions = append(actions, nameView{action, enroll.Audit{Action: action}.ActionName()})
	}
	return gin.H{"rows": rows, "next": next, "actions": actions}, nil
}

// dayAsked is the beginning of a day in the query, as 2026-03-01; zero where none is asked for.
func dayAsked(c *gin.Context, name string) (time.Time, error) {
	text := c.Query(name)
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.ParseInLocation(time.DateOnly, text, enroll.Shanghai)
	if err != nil {
		return at, enroll.FailField(name, "field_invalid").Because(err)
	}
	return at, nil
}

func (h *Handler) verifyAudit(c *gin.Context, d *service.Duty) (any, error) {
	lines, broken, err := h.svc.VerifyAudit(c.Request.Context(), d)
	return gin.H{"lines": lines, "broken": broken}, err
}
