package enroll

import "time"

// OrderStatus says what became of one attempt to pay (支付订单状态).
type OrderStatus string

// The statuses of an order.
const (
	OrderCreated OrderStatus = "created"
	OrderClosing OrderStatus = "closing"
	OrderClosed  OrderStatus = "closed"
	OrderPaid    OrderStatus = "paid"
)

// OrderStatuses lists every status of an order with its Chinese name.
var OrderStatuses = []struct {
	Status OrderStatus
	Name   string
}{
	{OrderCreated, "待支付"}, {OrderClosing, "关闭中"}, {OrderClosed, "已关闭"}, {OrderPaid, "已支付"},
}

// Name is the Chinese word of an order's status.
func (s OrderStatus) Name() string {
	for _, row := range OrderStatuses {
		if row.Status == s {
			return row.Name
		}
	}
	return string(s)
}

// OrderTransition is one row of the order's state table.
type OrderTransition struct {
	From OrderStatus
	To   OrderStatus
}

// OrderTransitions is the state table of an order; money always wins: paid can
// be reached from everywhere and is never left.
var OrderTransitions = []OrderTransition{
	{"", OrderCreated},
	{OrderCreated, OrderClosing},
	{OrderCreated, OrderClosed},
	{OrderClosing, OrderClosed},
	{OrderCreated, OrderPaid},
	{OrderClosing, OrderPaid},
	{OrderClosed, OrderPaid},
}

// MayMove says whether the state table of orders holds this move.
func (s OrderStatus) MayMove(to OrderStatus) bool {
	for _, t := range OrderTransitions {
		if t.From == s && t.To == to {
			return true
		}
	}
	return false
}

// Live says that the order can still be paid, so that no second one may stand beside it.
func (s OrderStatus) Live() bool { return s == OrderCreated || s == OrderClosing }

// Channel is the way in which an order is paid (支付方式).
type Channel string

// The channels of WeChat Pay that the pages offer.
const (
	JSAPI  Channel = "jsapi"
	Native Channel = "native"
	H5     Channel = "h5"
)

// OrderLife is how long an order may be paid at most (GOV.UK Pay's and WeChat Pay's habit: 90 minutes).
const OrderLife = 90 * time.Minute

// querySchedule is how long to wait between one question to WeChat Pay and the next, from an order's making on.
var querySchedule = []time.Duration{
	10 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute,
	5 * time.Minute, 10 * time.Minute, 30 * time.Minute,
}

// QueryInterval is how long to wait before asking WeChat Pay again about an
// order of this age; while a page waits, three seconds.
func QueryInterval(age time.Duration, waiting bool) time.Duration {
	if waiting {
		return 3 * time.Second
	}
	for _, pause := range querySchedule {
		if age < pause {
			return pause
		}
		age -= pause
	}
	return time.Hour
}

// QueryUntil is how long after its making an order is asked about.
const QueryUntil = 24 * time.Hour

// CaseKind says why money waits for a person (财务异常).
type CaseKind string

// The finance cases.
const (
	CaseMismatch        CaseKind = "mismatch"
	CaseLate            CaseKind = "late"
	CaseDouble          CaseKind = "double"
	CaseNotPayable      CaseKind = "not_payable"
	CaseRefundedOutside CaseKind = "refunded_outside"
	CaseUnknownOrder    CaseKind = "unknown_order"
	CaseNumberMissing   CaseKind = "number_missing"
	CaseIdentity        CaseKind = "identity"
	CaseTuitionMissing  CaseKind = "tuition_missing"
	CaseRefundDue       CaseKind = "refund_due"
	CaseMessage         CaseKind = "message_failed"
	CaseLeave           CaseKind = "leave"
	CaseProof           CaseKind = "proof"
	// CaseBillChanged is money on a bill whose price a correction has changed.
	CaseBillChanged CaseKind = "bill_changed"
)

// CaseKinds lists every kind of case with its Chinese name.
var CaseKinds = []struct {
	Kind CaseKind
	Name string
}{
	{CaseMismatch, "金额或商户不符"}, {CaseLate, "关单后到账"}, {CaseDouble, "重复支付"},
	{CaseNotPayable, "非待缴费状态到账"}, {CaseRefundedOutside, "商户平台退款"},
	{CaseUnknownOrder, "未知订单到账"}, {CaseNumberMissing, "学号未生成"},
	{CaseIdentity, "身份待复核"}, {CaseTuitionMissing, "缺少学费标准"},
	{CaseRefundDue, "待退款"}, {CaseMessage, "消息未送达"}, {CaseLeave, "退学退费申请"}, {CaseProof, "学历待复核"},
	{CaseBillChanged, "更正后应缴金额改变"},
}

// Name is the Chinese word of a case.
func (k CaseKind) Name() string {
	for _, row := range CaseKinds {
		if row.Kind == k {
			return row.Name
		}
	}
	return string(k)
}

// tradeStates are the states of WeChat Pay's answers with their Chinese words.
var tradeStates = map[string]string{
	"SUCCESS": "支付成功", "REFUND": "已退款", "NOTPAY": "未支付", "CLOSED": "已关闭", "REVOKED": "已撤销", "USERPAYING": "支付中", "PAYERROR": "支付失败",
}

// TradeStateName is the Chinese word of what WeChat Pay says of an order; a state that we do not know stays as it is.
func (f PaymentFact) TradeStateName() string {
	if name, ok := tradeStates[f.TradeState]; ok {
		return name
	}
	return f.TradeState
}
