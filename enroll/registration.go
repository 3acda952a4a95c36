package enroll

import "time"

// Student is a person (学生), one over all intakes: document type and number.
type Student struct {
	ID       string
	IDType   IDType
	IDNumber IDNumber
	Name     string
	// Phone and OpenID are bound by the first face pass or approved archive.
	Phone   Phone
	OpenID  string
	BoundAt time.Time
	Version int
}

// Registration is one person's admission and matter in one intake (注册).
type Registration struct {
	ID      string
	Intake  string
	Student string
	ExamNo  string
	Program string
	Point   string
	Grade   int

	// Facts of the roster (录取信息).
	Name        string
	Sex         string
	Ethnic      string
	Politics    string
	BirthDate   string
	RosterPhone Phone
	Postcode    string

	Status  Status
	Earlier Status
	Version int

	PreparedAt  time.Time
	IdentityAt  time.Time
	StartedAt   time.Time
	SubmittedAt time.Time
	ApprovedAt  time.Time
	SignedAt    time.Time
	// Extension lets this one person go on after the window.
	Extension time.Time
	// Until is the end of a reserved place.
	Until time.Time
	Face  FaceState
	// FaceFrom begins the count of face attempts anew, by staff.
	FaceFrom time.Time
	// Step is what the student stood before when last seen; staff filter by it, nothing is decided by it.
	Step      StepKey
	CreatedAt time.Time
}

// Login is one entry by SMS code (登录), from which rights to see things follow.
type Login struct {
	ID           string
	Student      string
	Registration string
	At           time.Time
	Phone        Phone
	OpenID       string
	Device       string
	FacePassedAt time.Time
	EndedAt      time.Time
	// Chosen says that it is settled which of several open matters this entry is for.
	Chosen bool
	// ByDesk says that staff let this entry in by a code of theirs, so that nothing was sent to the phone.
	ByDesk bool
}

// SharedPhone is how many students on one phone are told to staff (design §2):
// families share one, an agent who does it for many would too.
const SharedPhone = 4

// Consent is a recorded yes or no to a versioned text (同意记录).
type Consent struct {
	ID           string
	Registration string
	Login        string
	Kind         TextKind
	TextVersion  int
	TextHash     string
	Agreed       bool
	At           time.Time
	Address      string
	Device       string
}

// Section is the draft of one part of the form (表单分节) with the version that guards it.
type Section struct {
	Registration string
	Key          string
	Content      []byte
	Version      int
	SavedAt      time.Time
	Login        string
	Device       string
}

// Attachment is an uploaded file (附件); Object names its encrypted bytes.
type Attachment struct {
	ID           string
	Registration string
	Kind         string
	Object       string
	Mime         string
	Bytes        int
	Width        int
	Height       int
	// Pages is how many a PDF has; 0 for a picture, and where it cannot be told.
	Pages     int
	CreatedAt time.Time
	// Reading is what the card reader made of it; nil where it was not asked, or has not answered yet.
	Reading *CardReading
}

// Signature is a signed text (承诺书): the words' version and hash, the picture and the PDF.
type Signature struct {
	ID           string
	Registration string
	Kind         TextKind
	TextVersion  int
	TextHash     string
	Picture      string
	PDF          string
	At           time.Time
	VoidAt       time.Time
	// Helper is who of the college was at the counter (代办); empty for who signed alone.
	Helper string
	// TypedName is what somebody typed under a photographed signature; empty where it was drawn.
	TypedName string
}

// Office is the office that was at the counter, as the paper names it: never the account.
func (g Signature) Office() string { return officeOf(g.Helper) }

// RegistrationEvent is one line of the timeline (时间线).
type RegistrationEvent struct {
	ID           string
	Registration string
	At           time.Time
	Event        string
	From         Status
	To           Status
	By           Actor
	ByID         string
	Reason       string
}

// Order is one attempt to pay over one channel (支付订单); the prepay body is frozen at its making.
type Order struct {
	ID           string
	Bill         string
	Registration string
	OutTradeNo   string
	Channel      Channel
	OpenID       string
	AmountFen    int64
	BillVersion  int
	Status       OrderStatus
	Description  string
	NotifyURL    string
	ClientIP     string
	// Link is the link by which somebody else was asked to pay (代付链接), or "".
	Link          string
	PrepayID      string
	CodeURL       string
	H5URL         string
	ExpiresAt     time.Time
	CreatedAt     time.Time
	NextQueryAt   time.Time
	Queries       int
	TransactionID string
	PaidAt        time.Time
	RefundedFen   int64
	Late          bool
	Version       int
}

// PaymentFact is something that WeChat Pay signed about an order (支付事实): a notice or a query's answer.
type PaymentFact struct {
	ID            string
	Source        string
	SourceID      string
	OutTradeNo    string
	TransactionID string
	AppID         string
	MchID         string
	TradeState    string
	AmountFen     int64
	Currency      string
	OpenID        string
	SuccessAt     time.Time
	ReceivedAt    time.Time
	Raw           []byte
}

// Case is money or a matter that waits for a person (异常).
type Case struct {
	ID           string
	Kind         CaseKind
	Registration string
	Bill         string
	Order        string
	Fact         string
	Detail       string
	OpenedAt     time.Time
	ClosedAt     time.Time
	ClosedBy     string
	Note         string
}

// Message kinds of the outbox.
const (
	OutboxNotify = "notify"
	OutboxClose  = "close_order"
	OutboxDigest = "digest"
)

// OutboxMessage is an outside effect that must happen (待发事项).
type OutboxMessage struct {
	ID           string
	Kind         string
	Dedupe       string
	Registration string
	Payload      []byte
	Urgent       bool
	State        string
	Attempts     int
	NextAt       time.Time
	LeaseOwner   string
	// UnsureSince is the first try of which nobody knows whether it had its effect; zero where all is known.
	UnsureSince time.Time
	CreatedAt   time.Time
	DoneAt      time.Time
	LastError   string
}

// The states of an outbox message; unknown is listed and resent only by a person.
const (
	OutboxWaiting = "waiting"
	OutboxDone    = "done"
	OutboxDead    = "dead"
	OutboxUnknown = "unknown"
)
