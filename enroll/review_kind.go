package enroll

import (
	"slices"
	"time"
)

// ReviewKind names what waits for a decision of the college (审核台).
type ReviewKind string

// The kinds of the review desk.
const (
	ReviewFace        ReviewKind = "face"
	ReviewForm        ReviewKind = "form"
	ReviewApplication ReviewKind = "application"
	ReviewCorrection  ReviewKind = "correction"
	ReviewProof       ReviewKind = "proof"
	ReviewName        ReviewKind = "name"
)

// ReviewRule is what holds for one kind of the review desk.
type ReviewRule struct {
	Kind ReviewKind
	Name string
	// Days are the working days until it is due where the intake is silent (审核时限).
	Days int
	// First says that a clerk of the point may give the first word (初审).
	First bool
}

// ReviewRules lists the kinds in the order of the desk.
var ReviewRules = []ReviewRule{
	{ReviewFace, "人脸", 2, true},
	{ReviewForm, "登记表", 3, true},
	{ReviewApplication, "申请", 5, false},
	{ReviewCorrection, "更正", 3, true},
	{ReviewProof, "学历证明", 5, true},
	{ReviewName, "姓名", 2, true},
}

// Rule is what holds for a kind; ok is false for one that is not there.
func (k ReviewKind) Rule() (rule ReviewRule, ok bool) {
	i := slices.IndexFunc(ReviewRules, func(r ReviewRule) bool { return r.Kind == k })
	if i < 0 {
		return ReviewRule{}, false
	}
	return ReviewRules[i], true
}

// Name is the Chinese word of a kind.
func (k ReviewKind) Name() string {
	rule, _ := k.Rule()
	return rule.Name
}

// JobReview decides many items one after the other (批量审核).
const JobReview JobKind = "review"

// ReviewDaysMost bounds 审核时限, so that a slip of the finger is no promise for years.
const ReviewDaysMost = 60

// ReviewDays are the working days that an intake gives itself for a kind (审核时限).
func (s Settings) ReviewDays(kind ReviewKind) int {
	if days := s.ReviewLimits[kind]; days > 0 && days <= ReviewDaysMost {
		return days
	}
	rule, _ := kind.Rule()
	return rule.Days
}

// AsksFirst says that a clerk's word comes before the decision (初审).
func (s Settings) AsksFirst(kind ReviewKind) bool {
	rule, _ := kind.Rule()
	return s.FirstReview && rule.First
}

// ReviewItem is one thing that waits for a decision. Version changes with what
// the decision would be about; who decides names the version that was seen.
type ReviewItem struct {
	Kind         ReviewKind
	ID           string
	Registration string
	Version      int64
	// Since is when it began to wait.
	Since time.Time
	// Name is who it is about, and ExamNo the 考生号.
	Name    string
	ExamNo  string
	Intake  string
	Program string
	Point   string
	Claim   *ReviewClaim
	First   *FirstReview
}

// ReviewClaim says who has an item open (领取), until when unless it is renewed.
type ReviewClaim struct {
	Staff string
	// By is the name of that person.
	By    string
	Since time.Time
	Until time.Time
}

// ReviewLease is how long an open item stays with who opened it, unless it is renewed.
const ReviewLease = 10 * time.Minute

// FirstReview is a clerk's word on a version of an item (初审); the registrar decides (终审).
type FirstReview struct {
	Kind    ReviewKind
	Item    string
	Version int64
	Pass    bool
	Reason  string
	Items   []ReturnItem
	Staff   string
	By      string
	At      time.Time
}

// ReviewLateness says how an item stands to its due time, for order and colour.
type ReviewLateness string

// The latenesses.
const (
	ReviewInTime  ReviewLateness = "in_time"
	ReviewSoon    ReviewLateness = "soon" // due within this working day
	ReviewOverdue ReviewLateness = "overdue"
)

// Lateness compares a due time with now.
func (c Calendar) Lateness(due, now time.Time) ReviewLateness {
	switch {
	case !now.Before(due):
		return ReviewOverdue
	case !now.Before(c.BeforeWorkdays(due, 1)):
		return ReviewSoon
	}
	return ReviewInTime
}

// DueText tells a student until when the college decides: 预计 11 月 27 日前完成审核.
func DueText(due, now time.Time) string {
	if !now.Before(due) {
		return "审核比预计的时间长，老师会尽快处理"
	}
	return "预计 " + due.Add(-time.Second).In(Shanghai).Format("1 月 2 日") + "前完成审核"
}
