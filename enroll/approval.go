package enroll

import (
	"slices"
	"time"
)

// ApprovalKind is an act that takes two people (复核): one asks, another decides.
type ApprovalKind string

// The acts of two people.
const (
	ApproveCancel    ApprovalKind = "cancel"
	ApproveReinstate ApprovalKind = "reinstate"
	ApproveGiveUp    ApprovalKind = "give_up"
	ApproveReset     ApprovalKind = "staff_reset"
)

// ApprovalRule says who may ask for an act and whose word, as the second person, carries it out.
type ApprovalRule struct {
	Kind     ApprovalKind
	Name     string
	Asks     Permission
	Deciders []Role
}

// ApprovalRules is the one table of acts that take two people; a cancellation by
// mistake is taken back by an administrator's word (states.md).
var ApprovalRules = []ApprovalRule{
	{ApproveCancel, "取消入学资格", MayDecide, []Role{RoleRegistrar, RoleAdmin}},
	{ApproveReinstate, "恢复已取消的入学资格", MayDecide, []Role{RoleAdmin}},
	{ApproveGiveUp, "同意放弃入学资格", MayApplications, []Role{RoleRegistrar, RoleAdmin}},
	{ApproveReset, "重置账号的密码或动态口令", MayAccounts, []Role{RoleAdmin}},
}

// Rule finds the row of a kind.
func (k ApprovalKind) Rule() (ApprovalRule, bool) {
	for _, row := range ApprovalRules {
		if row.Kind == k {
			return row, true
		}
	}
	return ApprovalRule{}, false
}

// Name is the Chinese word of an act.
func (k ApprovalKind) Name() string {
	row, _ := k.Rule()
	return row.Name
}

// ApprovalState is where an asked act stands.
type ApprovalState string

// The states of an asked act; all but pending are final.
const (
	ApprovalPending   ApprovalState = "pending"
	ApprovalConfirmed ApprovalState = "confirmed"
	ApprovalRefused   ApprovalState = "refused"
	ApprovalWithdrawn ApprovalState = "withdrawn"
)

// Name is the Chinese word of a state.
func (s ApprovalState) Name() string {
	return map[ApprovalState]string{
		ApprovalPending: "待复核", ApprovalConfirmed: "已执行", ApprovalRefused: "已驳回", ApprovalWithdrawn: "已撤回",
	}[s]
}

// Approval is an act that one person asked for (复核); Object is what it acts on,
// Registration whose matter that is, Params what the act needs beside the reason.
type Approval struct {
	ID           string
	Kind         ApprovalKind
	Object       string
	Registration string
	Params       []byte
	Reason       string
	State        ApprovalState
	AskedBy      string
	AskedAt      time.Time
	DecidedBy    string
	DecidedAt    time.Time
	Note         string
}

// MayDecide says whether this person is the second one that the act needs:
// never who asked, and of a role that decides.
func (a Approval) MayDecide(p Staff) bool {
	rule, _ := a.Kind.Rule()
	return a.AskedBy != p.Account && slices.Contains(rule.Deciders, p.Role)
}
