package handler

import (
	"cmp"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type pushRecipientView struct {
	ID        string                `json:"id"`
	Student   string                `json:"student"`
	ExamNo    string                `json:"exam_no"`
	Name      string                `json:"name"`
	Carrier   string                `json:"carrier"`
	State     enroll.RecipientState `json:"state"`
	StateName string                `json:"state_name"`
	Failure   string                `json:"failure"`
	Code      string                `json:"code"`
	At        int64                 `json:"at"`
}

func (h *Handler) pushRecipients(c *gin.Context, d *service.Duty) (any, error) {
	limit := pageLimit(c)
	list, err := h.svc.PushRecipients(c.Request.Context(), c.Param("id"), enroll.RecipientState(c.Query("state")), c.Query("after"), limit)
	if err != nil {
		return nil, err
	}
	rows, next := make([]pushRecipientView, len(list)), ""
	for i, r := range list {
		rows[i] = pushRecipientView{
			ID: r.ID, Student: r.Registration, ExamNo: r.Content.ExamNo, Name: nameFor(d, r.Content.Name), Carrier: r.Carrier.Name(), State: r.State,
			StateName: r.State.Name(), Failure: r.Failure.Text(), Code: r.Code, At: cmp.Or(millis(r.SentAt), millis(r.TriedAt)),
		}
	}
	if len(list) == limit {
		next = list[limit-1].ID
	}
	return gin.H{"rows": rows, "next": next}, nil
}

func (h *Handler) pushFailureFile(c *gin.Context, d *service.Duty) (any, error) {
	file := &lateDownload{c: c, name: "通知失败名单.csv"}
	err := h.svc.ExportPushFailures(c.Request.Context(), d, c.Param("id"), file)
	if err != nil && !file.begun {
		return nil, err
	}
	return nil, h.sent(c, err)
}

// lateDownload begins a download with its first byte, so that a refusal before it is an answer like any other.
type lateDownload struct {
	c     *gin.Context
	name  string
	begun bool
}

// Write sends what belongs to the file.
func (f *lateDownload) Write(p []byte) (int, error) {
	if !f.begun {
		sendDownload(f.c, f.name)
		f.begun = true
	}
	return f.c.Writer.Write(p)
}
