package handler

import (
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type rosterLineView struct {
	No          int                   `json:"no"`
	ExamNo      string                `json:"exam_no"`
	Name        string                `json:"name"`
	IDNumber    string                `json:"id_number"`
	Verdict     enroll.RosterVerdict  `json:"verdict"`
	VerdictName string                `json:"verdict_name"`
	Refusals    []string              `json:"refusals"`
	Flags       []string              `json:"flags"`
	Changes     []enroll.RosterChange `json:"changes"`
	// Facts are where the line puts a student, in words.
	Facts string `json:"facts"`
}

type rosterLinesView struct {
	Rows []rosterLineView `json:"rows"`
	Next string           `json:"next"`
}

func (h *Handler) rosterLines(c *gin.Context, _ *service.Duty) (any, error) {
	after, _ := strconv.Atoi(c.Query("after")) // none begins at the first
	verdicts := []enroll.RosterVerdict{enroll.RosterVerdict(c.Query("verdict"))}
	if verdicts[0] == "" {
		verdicts = []enroll.RosterVerdict{enroll.RosterNew, enroll.RosterChanged, enroll.RosterSame, enroll.RosterRefused}
	}
	limit := pageLimit(c)
	lines, err := h.svc.Store.RosterLines(c.Request.Context(), c.Param("id"), verdicts, after, limit)
	if err != nil {
		return nil, err
	}
	view := rosterLinesView{Rows: []rosterLineView{}}
	for _, line := range lines {
		view.Rows = append(view.Rows, rosterLineView{
			No: line.No, ExamNo: line.Cells["exam_no"], Name: line.Cells["name"], IDNumber: enroll.IDNumber(line.Cells["id_number"]).String(),
			Verdict: line.Verdict, VerdictName: line.Verdict.Name(), Refusals: notes(line.Refusals), Flags: notes(line.Flags),
			Changes: append([]enroll.RosterChange{}, line.Changes...), Facts: rosterFacts(line),
		})
	}
	if len(lines) == limit {
		view.Next = strconv.Itoa(lines[limit-1].No)
	}
	return view, nil
}

// rosterFacts sums up a line that is taken: grade, program and point as the file
// has them, with the phone masked and the number given beforehand.
func rosterFacts(line enroll.RosterLine) string {
	if line.Verdict == enroll.RosterRefused {
		return ""
	}
	cells := line.Cells
	facts := []string{strings.TrimSuffix(cells["grade"], "级") + "级", cells["level"], cells["program"], cells["form"], cells["point"]}
	if line.Entry.Phone != "" {
		facts = append(facts, "手机\u00a0"+line.Entry.Phone.String())
	}
	if line.Entry.Number != "" {
		facts = append(facts, "学号\u00a0"+line.Entry.Number)
	}
	return strings.Join(facts, " · ")
}

func notes(list []enroll.RosterNote) []string {
	texts := []string{}
	for _, n := range list {
		texts = append(texts, n.String())
	}
	return texts
}
