package enroll

import "time"

// RosterVerdict says what an import would do with a line.
type RosterVerdict string

// The verdicts of an import.
const (
	RosterNew     RosterVerdict = "new"
	RosterChanged RosterVerdict = "changed"
	RosterSame    RosterVerdict = "same"
	RosterRefused RosterVerdict = "refused"
)

// RosterVerdicts lists every verdict with its Chinese name.
var RosterVerdicts = []struct {
	Verdict RosterVerdict
	Name    string
}{
	{RosterNew, "新增"}, {RosterChanged, "变更"}, {RosterSame, "不变"}, {RosterRefused, "拒绝"},
}

// RosterImport is one import of a roster file (名单导入): read and judged first, then applied in chunks.
type RosterImport struct {
	ID        string
	Intake    string
	File      string
	FileHash  string
	State     RosterState
	Total     int
	New       int
	Changed   int
	Same      int
	Refused   int
	Applied   int
	CreatedAt time.Time
	AppliedAt time.Time
	// Job is the job that works on it, or did last, and Account who began it; both are empty for the command line.
	Job     string
	Account string
	// Ignored are the headings of the file that were not understood.
	Ignored string
	// UndoAt is when it was begun to be taken back (撤销).
	UndoAt time.Time
}

// ToApply is how many lines the import brings into the registrations.
func (i RosterImport) ToApply() int { return i.New + i.Changed }

// Count adds a judged line to the figures.
func (i *RosterImport) Count(v RosterVerdict) {
	i.Total++
	switch v {
	case RosterNew:
		i.New++
	case RosterChanged:
		i.Changed++
	case RosterSame:
		i.Same++
	case RosterRefused:
		i.Refused++
	}
}

// RosterState says how far an import is.
type RosterState string

// The states of an import; registrations that an import opens are hidden from login until it is applied.
const (
	RosterStaging   RosterState = "staging"
	RosterStaged    RosterState = "staged"
	RosterApplying  RosterState = "applying"
	RosterApplied   RosterState = "applied"
	RosterAbandoned RosterState = "abandoned"
	// An import that is taken back is kept as applying, then abandoned, with the moment when that was begun.
	RosterUndoing RosterState = "undoing"
	RosterUndone  RosterState = "undone"
)

// RosterStates lists every state of an import as it is kept, with its Chinese name.
var RosterStates = []struct {
	State RosterState
	Name  string
}{
	{RosterStaging, "读取中"}, {RosterStaged, "待确认"}, {RosterApplying, "导入中"}, {RosterApplied, "已导入"}, {RosterAbandoned, "已放弃"},
}

// Name is the Chinese word of a verdict.
func (v RosterVerdict) Name() string {
	for _, row := range RosterVerdicts {
		if row.Verdict == v {
			return row.Name
		}
	}
	return string(v)
}

// Name is the Chinese word of an import's state.
func (s RosterState) Name() string {
	switch s {
	case RosterUndoing:
		return "撤销中"
	case RosterUndone:
		return "已撤销"
	}
	for _, row := range RosterStates {
		if row.State == s {
			return row.Name
		}
	}
	return string(s)
}
