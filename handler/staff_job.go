package handler

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type jobView struct {
	ID        string          `json:"id"`
	Kind      enroll.JobKind  `json:"kind"`
	Title     string          `json:"title"`
	State     enroll.JobState `json:"state"`
	StateName string          `json:"state_name"`
	Ended     bool            `json:"ended"`
	Done      int             `json:"done"`
	// Total is 0 while nobody knows how much there is to do.
	Total  int    `json:"total"`
	Failed int    `json:"failed"`
	Error  string `json:"error"`
	// ResultName is the file that can be downloaded until ResultUntil; empty where there is none.
	ResultName  string `json:"result_name"`
	ResultUntil int64  `json:"result_until"`
	CreatedAt   int64  `json:"created_at"`
	EndedAt     int64  `json:"ended_at"`
}

func viewJob(j enroll.Job) jobView {
	v := jobView{
		ID: j.ID, Kind: j.Kind, Title: j.Title, State: j.State, StateName: j.State.Name(), Ended: j.State.Ended(),
		Done: j.Done, Total: j.Total, Failed: j.Failed, Error: j.Error, CreatedAt: j.CreatedAt.UnixMilli(),
		ResultName: j.ResultName, ResultUntil: service.JobResultUntil(j),
	}
	if !j.EndedAt.IsZero() {
		v.EndedAt = j.EndedAt.UnixMilli()
	}
	return v
}

type jobsView struct {
	Rows []jobView `json:"rows"`
	Next string    `json:"next"`
}

func (h *Handler) staffJobs(c *gin.Context, d *service.Duty) (any, error) {
	limit := pageLimit(c)
	jobs, err := h.svc.JobsOf(c.Request.Context(), d, c.Query("after"), limit)
	if err != nil {
		return nil, err
	}
	view := jobsView{Rows: []jobView{}}
	for _, j := range jobs {
		view.Rows = append(view.Rows, viewJob(j))
	}
	if len(jobs) == limit {
		view.Next = jobs[limit-1].ID
	}
	return view, nil
}

// pageLimit is how many rows a page asks for: 50, at most 200.
func pageLimit(c *gin.Context) int {
	n, err := strconv.Atoi(c.Query("limit"))
	if err != nil || n < 1 {
		return 50
	}
	return min(n, 200)
}

func (h *Handler) staffJob(c *gin.Context, d *service.Duty) (any, error) {
	j, err := h.svc.Job(c.Request.Context(), d, c.Param("id"))
	return viewJob(j), err
}

func (h *Handler) cancelJob(c *gin.Context, d *service.Duty) (any, error) {
	j, err := h.svc.CancelJob(c.Request.Context(), d, c.Param("id"))
	return viewJob(j), err
}

type jobFailureView struct {
	No      int    `json:"no"`
	Subject string `json:"subject"`
	Reason  string `json:"reason"`
}

type jobFailureCountView struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

type jobFailuresView struct {
	Rows []jobFailureView `json:"rows"`
	Next string           `json:"next"`
	// Counts says how often each reason came up.
	Counts []jobFailureCountView `json:"counts"`
}

func (h *Handler) jobFailures(c *gin.Context, d *service.Duty) (any, error) {
	after, _ := strconv.Atoi(c.Query("after")) // none begins at the first
	limit := pageLimit(c)
	list, counts, err := h.svc.JobFailures(c.Request.Context(), d, c.Param("id"), after, limit)
	if err != nil {
		return nil, err
	}
	view := jobFailuresView{Rows: []jobFailureView{}, Counts: []jobFailureCountView{}}
	for _, f := range list {
		view.Rows = append(view.Rows, jobFailureView{f.No, f.Subject, f.Reason})
	}
	for _, n := range counts {
		view.Counts = append(view.Counts, jobFailureCountView{n.Reason, n.Count})
	}
	if len(list) == limit {
		view.Next = strconv.Itoa(list[limit-1].No)
	}
	return view, nil
}

func (h *Handler) jobFailureFile(c *gin.Context, d *service.Duty) (any, error) {
	j, err := h.svc.Job(c.Request.Context(), d, c.Param("id"))
	if err != nil {
		return nil, err
	}
	sendDownload(c, "未完成的项目.csv")
	return nil, h.sent(c, h.svc.JobFailureFile(c.Request.Context(), d, j.ID, c.Writer))
}

func (h *Handler) jobResult(c *gin.Context, d *service.Duty) (any, error) {
	j, file, err := h.svc.JobResult(c.Request.Context(), d, c.Param("id"))
	if err != nil {
		return nil, err
	}
	sendDownload(c, j.ResultName)
	c.Header("Content-Length", strconv.FormatInt(file.Size(), 10))
	_, err = io.Copy(c.Writer, file)
	return nil, h.sent(c, err)
}

// largeTransfer is how long a large file may be on its way.
const largeTransfer = time.Hour

var downloadTypes = map[string]string{
	".csv":  "text/csv; charset=utf-8",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".zip":  "application/zip",
	".pdf":  enroll.MimePDF,
}

// sendDownload begins a file that the browser saves and never shows.
func sendDownload(c *gin.Context, name string) {
	mime, known := downloadTypes[filepath.Ext(name)]
	if !known {
		mime = "application/octet-stream"
	}
	// A server whose connection knows no deadline keeps its own bound.
	_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(largeTransfer))
	c.Header("Content-Type", mime)
	c.Header("Content-Security-Policy", "default-src 'none'; sandbox")
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", fmt.Sprintf("attachment; filename=\"download%s\"; filename*=UTF-8''%s", filepath.Ext(name), url.PathEscape(name)))
	c.Status(http.StatusOK)
}

// sent logs what broke off a download: its first bytes are on the way, so no error page can follow.
func (h *Handler) sent(c *gin.Context, err error) error {
	if err != nil && c.Request.Context().Err() == nil {
		h.log.Error("download broke off", "route", c.FullPath(), "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}
