package enroll

import (
	"slices"
	"time"
)

// HandoffJob is the one thing that a phone may do for a login at a PC (手机继续办理).
type HandoffJob string

// The three things that a PC lacks.
const (
	// HandCamera takes the photo of the face: for the comparison, or for the archive.
	HandCamera HandoffJob = "camera"
	// HandFiles takes or picks the files of one kind of attachment, of one kind of application, or the proof of a correction.
	HandFiles HandoffJob = "files"
	// HandSignature writes the signature under the commitment, or under one kind of application.
	HandSignature HandoffJob = "signature"
)

// What a camera is handed over for, and a signature and files beside those of applications.
const (
	HandForFace       = "face"
	HandForArchive    = "archive"
	HandForCommitment = "commitment"
	HandForCorrection = "correction"
)

// Name is the job as the reason handoff_job says it.
func (j HandoffJob) Name() string {
	return map[HandoffJob]string{HandCamera: "拍摄人脸照片", HandFiles: "拍照或选择文件", HandSignature: "手写签名"}[j]
}

// HandoffState is how far a handoff has come, as both sides see it.
type HandoffState string

// A handoff waits for a phone, works on it, and ends in one of three ways.
const (
	HandWaiting   HandoffState = "waiting"
	HandConnected HandoffState = "connected"
	HandDone      HandoffState = "done"
	HandCancelled HandoffState = "cancelled"
	HandExpired   HandoffState = "expired"
)

// Name is the state in Chinese.
func (s HandoffState) Name() string {
	return map[HandoffState]string{
		HandWaiting: "等待手机扫码", HandConnected: "已连接", HandDone: "已完成", HandCancelled: "已取消", HandExpired: "已过期",
	}[s]
}

// Ended says that nothing more can be done by this handoff.
func (s HandoffState) Ended() bool {
	return slices.Contains([]HandoffState{HandDone, HandCancelled, HandExpired}, s)
}

// A code may be scanned for HandoffLife; a phone that is connected has HandoffStay to do its job.
const (
	HandoffLife = 10 * time.Minute
	HandoffStay = 30 * time.Minute
)

// Handoff is one job that a login at a PC has handed to a phone.
type Handoff struct {
	// ID tells a handoff from the login's next one; it opens nothing.
	ID    string
	Login string
	Job   HandoffJob
	// Target is what the job is for: face, archive, commitment, correction, a kind of attachment, a kind of application.
	Target    string
	State     HandoffState
	ExpiresAt time.Time
	// Files counts the files that the phone has sent.
	Files int
}
