package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type exportColumnView struct {
	Key     string `json:"key"`
	Heading string `json:"heading"`
	// Register and Width are the heading and the width in bytes of the register's file; empty where it has no such column.
	Register string `json:"register"`
	Width    int    `json:"width"`
}

type exportMappingView struct {
	ID      string                `json:"id"`
	Name    string                `json:"name"`
	Columns []enroll.ExportChoice `json:"columns"`
	Account string                `json:"account"`
}

type exportsView struct {
	Intakes  []nameView          `json:"intakes"`
	Intake   string              `json:"intake"`
	Kinds    []nameView          `json:"kinds"`
	Statuses []nameView          `json:"statuses"`
	Points   []nameView          `json:"points"`
	Programs []nameView          `json:"programs"`
	Columns  []exportColumnView  `json:"columns"`
	Mappings []exportMappingView `json:"mappings"`
	Jobs     []jobView           `json:"jobs"`
}

func (h *Handler) exports(c *gin.Context, d *service.Duty) (any, error) {
	intakes, chosen, err := h.intakeChoice(c)
	if err != nil {
		return nil, err
	}
	choices, err := h.svc.ExportChoices(c.Request.Context(), d, chosen.ID)
	if err != nil {
		return nil, err
	}
	view := exportsView{Intakes: intakes, Intake: chosen.ID, Kinds: exportKinds(d), Statuses: []nameView{}, Points: []nameView{}, Programs: []nameView{}, Mappings: []exportMappingView{}, Jobs: []jobView{}}
	for _, row := range enroll.Statuses {
		view.Statuses = append(view.Statuses, nameView{string(row.Status), row.Status.Name()})
	}
	for _, p := range choices.Points {
		view.Points = append(view.Points, nameView{p.ID, p.Name})
	}
	for _, p := range choices.Programs {
		view.Programs = append(view.Programs, nameView{p.ID, p.Name + " " + string(p.Level) + " " + p.Form})
	}
	for _, col := range enroll.ExportColumns {
		view.Columns = append(view.Columns, exportColumnView{col.Key, col.Heading, col.Register, col.Width})
	}
	for _, m := range choices.Mappings {
		view.Mappings = append(view.Mappings, exportMappingView{m.ID, m.Name, m.Columns, m.Account})
	}
	for _, j := range choices.Jobs {
		view.Jobs = append(view.Jobs, viewJob(j))
	}
	return view, nil
}

func exportKinds(d *service.Duty) []nameView {
	kinds := []nameView{}
	for _, row := range enroll.ExportKinds {
		if row.Kind.Allows(d.Staff.Role) {
			kinds = append(kinds, nameView{string(row.Kind), row.Name})
		}
	}
	return kinds
}

func (h *Handler) startExport(c *gin.Context, d *service.Duty) (any, error) {
	var order service.ExportOrder
	if err := bind(c, &order); err != nil {
		return nil, err
	}
	j, err := h.svc.StartExport(c.Request.Context(), d, order)
	return viewJob(j), err
}

func (h *Handler) countExport(c *gin.Context, _ *service.Duty) (any, error) {
	var order service.ExportOrder
	if err := bind(c, &order); err != nil {
		return nil, err
	}
	n, err := h.svc.CountExport(c.Request.Context(), order.Selection)
	return gin.H{"count": n}, err
}

type mappingBody struct {
	Name    string                `json:"name"`
	Columns []enroll.ExportChoice `json:"columns"`
}

func (h *Handler) saveMapping(c *gin.Context, d *service.Duty) (any, error) {
	var body mappingBody
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	m, err := h.svc.SaveMapping(c.Request.Context(), d, body.Name, body.Columns)
	return exportMappingView{m.ID, m.Name, m.Columns, m.Account}, err
}

func (h *Handler) dropMapping(c *gin.Context, d *service.Duty) (any, error) {
	return gin.H{}, h.svc.DropMapping(c.Request.Context(), d, c.Param("id"))
}
