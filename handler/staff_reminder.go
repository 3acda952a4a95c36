package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type reminderView struct {
	Rule   enroll.ReminderRule `json:"rule"`
	Name   string              `json:"name"`
	Days   []int               `json:"days"`
	Before bool                `json:"before"`
	On     bool                `json:"on"`
	Sent   int                 `json:"sent"`
}

func (h *Handler) reminders(c *gin.Context, _ *service.Duty) (any, error) {
	intakes, chosen, err := h.intakeChoice(c)
	if err != nil {
		return nil, err
	}
	return h.viewReminders(c, intakes, chosen)
}

func (h *Handler) viewReminders(c *gin.Context, intakes []nameView, chosen enroll.Intake) (any, error) {
	list, err := h.svc.Reminders(c.Request.Context(), chosen)
	if err != nil {
		return nil, err
	}
	rows := make([]reminderView, len(list))
	for i, r := range list {
		rows[i] = reminderView(r)
	}
	return gin.H{"intakes": intakes, "intake": chosen.ID, "version": chosen.Version, "rows": rows}, nil
}

type reminderBody struct {
	Intake  string `json:"intake"`
	Version int    `json:"version"`
	On      bool   `json:"on"`
	Days    []int  `json:"days"`
}

func (h *Handler) setReminder(c *gin.Context, d *service.Duty) (any, error) {
	var b reminderBody
	if err := bind(c, &b); err != nil {
		return nil, err
	}
	setting := enroll.ReminderSetting{Off: !b.On, Days: b.Days}
	if _, err := h.svc.SetReminder(c.Request.Context(), d, b.Intake, b.Version, enroll.ReminderRule(c.Param("rule")), setting); err != nil {
		return nil, err
	}
	intakes, chosen, err := h.intakeChoice(c)
	if err != nil {
		return nil, err
	}
	return h.viewReminders(c, intakes, chosen)
}
