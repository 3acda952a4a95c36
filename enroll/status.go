package enroll

import "fmt"

// Status says where one person's matter in one intake stands (学籍注册状态).
type Status string

// The statuses of a registration; docs/states.md shows them as a picture.
const (
	Open           Status = "open"
	Submitted      Status = "submitted"
	Returned       Status = "returned"
	Payable        Status = "payable"
	Registered     Status = "registered"
	ReservePending Status = "reserve_pending"
	Reserved       Status = "reserved"
	ResumePending  Status = "resume_pending"
	Resumed        Status = "resumed"
	GiveUpPending  Status = "give_up_pending"
	GivenUp        Status = "given_up"
	Lapsed         Status = "lapsed"
	Cancelled      Status = "cancelled"

	// None is where the import starts from.
	None Status = ""
	// Earlier stands for the status stored before an application or a lapse.
	Earlier Status = "earlier"
)

// Statuses lists every status with its Chinese name, in the order of the way.
var Statuses = []struct {
	Status Status
	Name   string
}{
	{Open, "待办理"}, {Submitted, "待审核"}, {Returned, "退回修改"}, {Payable, "待缴费"},
	{Registered, "已注册"}, {ReservePending, "保留申请中"}, {Reserved, "已保留"},
	{ResumePending, "恢复申请中"}, {Resumed, "已恢复"}, {GiveUpPending, "放弃申请中"},
	{GivenUp, "已放弃"}, {Lapsed, "逾期"}, {Cancelled, "取消入学资格"},
}

// Name is the Chinese word of a status.
func (s Status) Name() string {
	for _, row := range Statuses {
		if row.Status == s {
			return row.Name
		}
	}
	return string(s)
}

// Event is something that moves a registration to another status.
type Event string

// The events of a registration.
const (
	EventImport Event = "import"
	EventSubmit Event = "submit"
	// EventSubmitForReview is a submit where the intake asks for approval first (先审核后缴费).
	EventSubmitForReview Event = "submit_for_review"

	EventApprove   Event = "approve"
	EventSendBack  Event = "send_back"
	EventAmend     Event = "amend"
	EventSettle    Event = "settle"
	EventReserve   Event = "apply_reserve"
	EventGiveUp    Event = "apply_give_up"
	EventWithdraw  Event = "withdraw"
	EventRefuse    Event = "refuse"
	EventGrant     Event = "grant"
	EventResume    Event = "apply_resume"
	EventLapse     Event = "lapse"
	EventReinstate Event = "reinstate"
	EventCancel    Event = "cancel"
)

// Actor is who may cause an event.
type Actor string

// The actors of the state tables; Two means a registrar and a second person.
const (
	ByStudent   Actor = "student"
	ByRegistrar Actor = "registrar"
	ByTwo       Actor = "two"
	ByRoster    Actor = "roster"
	BySystem    Actor = "system"
)

// Transition is one row of the state table: a compare-and-set from one status
// to another. Completes marks the rows that land in registered instead when
// form, approval and money are complete.
type Transition struct {
	From      Status
	Event     Event
	To        Status
	By        Actor
	Completes bool
}

// Transitions is the state table of a registration (状态表); nothing else
// decides which status follows which.
var Transitions = []Transition{
	{None, EventImport, Open, ByRoster, false},

	{Open, EventSubmit, Payable, ByStudent, true},
	{Returned, EventSubmit, Payable, ByStudent, true},
	{Open, EventSubmitForReview, Submitted, ByStudent, false},
	{Returned, EventSubmitForReview, Submitted, ByStudent, false},
	{Submitted, EventApprove, Payable, ByRegistrar, true},
	{Submitted, EventSendBack, Returned, ByRegistrar, false},
	{Payable, EventSendBack, Returned, ByRegistrar, false},
	{Submitted, EventAmend, Open, ByStudent, false},
	{Payable, EventAmend, Open, ByStudent, false},

	{Payable, EventSettle, Registered, BySystem, true},
	{Open, EventSettle, Open, BySystem, false},
	{Submitted, EventSettle, Submitted, BySystem, false},
	{Returned, EventSettle, Returned, BySystem, false},
	{ReservePending, EventSettle, ReservePending, BySystem, false},
	{Reserved, EventSettle, Reserved, BySystem, false},
	{ResumePending, EventSettle, ResumePending, BySystem, false},
	{Resumed, EventSettle, Resumed, BySystem, false},
	{GiveUpPending, EventSettle, GiveUpPending, BySystem, false},
	{GivenUp, EventSettle, GivenUp, BySystem, false},
	{Lapsed, EventSettle, Lapsed, BySystem, false},
	{Cancelled, EventSettle, Cancelled, BySystem, false},
	{Registered, EventSettle, Registered, BySystem, false},

	{Open, EventReserve, ReservePending, ByStudent, false},
	{Submitted, EventReserve, ReservePending, ByStudent, false},
	{Returned, EventReserve, ReservePending, ByStudent, false},
	{Payable, EventReserve, ReservePending, ByStudent, false},
	{Open, EventGiveUp, GiveUpPending, ByStudent, false},
	{Submitted, EventGiveUp, GiveUpPending, ByStudent, false},
	{Returned, EventGiveUp, GiveUpPending, ByStudent, false},
	{Payable, EventGiveUp, GiveUpPending, ByStudent, false},
	{ReservePending, EventWithdraw, Earlier, ByStudent, true},
	{GiveUpPending, EventWithdraw, Earlier, ByStudent, true},
	{ReservePending, EventRefuse, Earlier, ByRegistrar, true},
	{GiveUpPending, EventRefuse, Earlier, ByRegistrar, true},
	{ReservePending, EventGrant, Reserved, ByRegistrar, false},
	{GiveUpPending, EventGrant, GivenUp, ByTwo, false},

	{Reserved, EventResume, ResumePending, ByStudent, false},
	{ResumePending, EventWithdraw, Reserved, ByStudent, false},
	{ResumePending, EventRefuse, Reserved, ByRegistrar, false},
	{ResumePending, EventGrant, Resumed, ByRegistrar, false},

	{Open, EventLapse, Lapsed, ByRegistrar, false},
	{Returned, EventLapse, Lapsed, ByRegistrar, false},
	{Payable, EventLapse, Lapsed, ByRegistrar, false},
	{Reserved, EventLapse, Lapsed, ByRegistrar, false},
	{Lapsed, EventReinstate, Earlier, ByRegistrar, true},

	{Open, EventCancel, Cancelled, ByTwo, false},
	{Submitted, EventCancel, Cancelled, ByTwo, false},
	{Returned, EventCancel, Cancelled, ByTwo, false},
	{Payable, EventCancel, Cancelled, ByTwo, false},
	{Registered, EventCancel, Cancelled, ByTwo, false},
	{ReservePending, EventCancel, Cancelled, ByTwo, false},
	{Reserved, EventCancel, Cancelled, ByTwo, false},
	{ResumePending, EventCancel, Cancelled, ByTwo, false},
	{GiveUpPending, EventCancel, Cancelled, ByTwo, false},
	{Lapsed, EventCancel, Cancelled, ByTwo, false},
	{Cancelled, EventReinstate, Earlier, ByTwo, false},
}

// Next gives the row of the state table, or wrong_state where there is none.
func Next(from Status, event Event) (Transition, error) {
	for _, t := range Transitions {
		if t.From == from && t.Event == event {
			return t, nil
		}
	}
	return Transition{}, Fail("wrong_state", from.Name()).Because(fmt.Errorf("no row for %s at %s", event, from))
}

// BarsMoney says that the event must not meet a payment on its way: every order
// that could still be paid is closed first (states.md, "no live order").
func (e Event) BarsMoney() bool {
	switch e {
	case EventSendBack, EventAmend, EventReserve, EventGiveUp, EventLapse, EventCancel:
		return true
	}
	return false
}

// Pending says that an application waits for the college.
func (s Status) Pending() bool {
	return s == ReservePending || s == ResumePending || s == GiveUpPending
}

// Final says that no event but cancel or reinstate leaves this status.
func (s Status) Final() bool {
	return s == Resumed || s == GivenUp || s == Cancelled
}

// OnTheWay says that the student still walks towards being registered; elsewhere no step is next.
func (s Status) OnTheWay() bool {
	return s.Editable() || s == Submitted || s == Payable || s == Registered
}

// Editable says that the student still fills in the form.
func (s Status) Editable() bool { return s == Open || s == Returned }

// Complete is the one rule that makes a registration registered: form done and
// signed, approved where the intake asks for it, and the bill covered.
func Complete(signed, approved, reviewAsked, covered bool) bool {
	return signed && covered && (approved || !reviewAsked)
}
