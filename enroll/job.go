package enroll

import "time"

// JobKind names a long work of staff (任务).
type JobKind string

// JobState says how far a job is.
type JobState string

// The states of a job; a running one whose worker died is taken up by another within seconds.
const (
	JobWaiting    JobState = "waiting"
	JobRunning    JobState = "running"
	JobCancelling JobState = "cancelling"
	JobDone       JobState = "done"
	JobCancelled  JobState = "cancelled"
	JobFailed     JobState = "failed"
)

// JobStates lists every state of a job with its Chinese name.
var JobStates = []struct {
	State JobState
	Name  string
}{
	{JobWaiting, "排队中"}, {JobRunning, "进行中"}, {JobCancelling, "正在取消"}, {JobDone, "已完成"}, {JobCancelled, "已取消"}, {JobFailed, "出错"},
}

// Job is one long work with its progress; Params are what its kind needs to go on, as JSON.
type Job struct {
	ID     string
	Kind   JobKind
	Title  string
	Staff  string
	State  JobState
	Params []byte
	Done   int
	Total  int
	Failed int
	// Result names the file that came out of it, kept for a week, and ResultName the name to download it under.
	Result     string
	ResultName string
	// Error is the Chinese sentence of why the whole job failed.
	Error     string
	CreatedAt time.Time
	EndedAt   time.Time
}

// JobFailure is one thing that a job could not do, and why.
type JobFailure struct {
	No      int
	Subject string
	Reason  string
}

// Ended says that nothing goes on any more.
func (s JobState) Ended() bool { return s == JobDone || s == JobCancelled || s == JobFailed }

// Name is the Chinese word of a job's state.
func (s JobState) Name() string {
	for _, row := range JobStates {
		if row.State == s {
			return row.Name
		}
	}
	return string(s)
}
