package enroll

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// An account of staff lasts a year and is closed after 90 days without a login (账号到期, 闲置停用).
const (
	StaffYears = 1
	StaffIdle  = 90 * 24 * time.Hour
)

// Active says that an account may be used: neither disabled nor expired, nor idle too long.
func (p Staff) Active(now time.Time) bool {
	return p.DisabledAt.IsZero() && now.Before(p.ExpiresAt) && now.Sub(p.lastUse()) < StaffIdle
}

func (p Staff) lastUse() time.Time {
	if p.SeenAt.IsZero() {
		return p.CreatedAt
	}
	return p.SeenAt
}

// StaffState is where an account stands.
type StaffState string

// The states of an account; a new one has not finished its first login.
const (
	StaffNew      StaffState = "new"
	StaffActive   StaffState = "active"
	StaffExpired  StaffState = "expired"
	StaffDisabled StaffState = "disabled"
)

// State says where an account stands now.
func (p Staff) State(now time.Time) StaffState {
	switch {
	case !p.DisabledAt.IsZero(), now.Sub(p.lastUse()) >= StaffIdle:
		return StaffDisabled
	case !now.Before(p.ExpiresAt):
		return StaffExpired
	case !p.Enrolled:
		return StaffNew
	}
	return StaffActive
}

// Name is the Chinese word of a state.
func (s StaffState) Name() string {
	return map[StaffState]string{StaffNew: "待首次登录", StaffActive: "正常", StaffExpired: "已到期", StaffDisabled: "已停用"}[s]
}

// StaffReset is what is taken from an account whose owner lost it: the password, the authenticator, or both.
type StaffReset string

// What can be reset.
const (
	ResetPassword StaffReset = "password"
	ResetTOTP     StaffReset = "totp"
	ResetAll      StaffReset = "all"
)

// Known says that this can be reset.
func (r StaffReset) Known() bool { return r == ResetPassword || r == ResetTOTP || r == ResetAll }

// Password says that the password goes.
func (r StaffReset) Password() bool { return r != ResetTOTP }

// TOTP says that the authenticator and its recovery codes go.
func (r StaffReset) TOTP() bool { return r != ResetPassword }

var accountForm = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,31}$`)

// ParseStaff checks what an admin writes of an account, and gives it as it is
// kept: a clerk serves one point, which nobody else does.
func ParseStaff(p Staff) (Staff, error) {
	p.Account, p.Name, p.Point = strings.ToLower(strings.TrimSpace(p.Account)), strings.TrimSpace(p.Name), strings.TrimSpace(p.Point)
	if !accountForm.MatchString(p.Account) {
		return p, FailField("account", "staff_account")
	}
	if p.Name == "" {
		return p, FailField("name", "field_required")
	}
	if utf8.RuneCountInString(p.Name) > 20 {
		return p, FailField("name", "field_too_long", 20)
	}
	if p.Role.Name() == string(p.Role) {
		return p, FailField("role", "staff_role")
	}
	if (p.Role == RoleClerk) != (p.Point != "") {
		return p, FailField("point", "staff_point")
	}
	return p, nil
}

// RoleNamed finds a role by its word or its Chinese name.
func RoleNamed(name string) (Role, bool) {
	for _, row := range Roles {
		if name == string(row.Role) || name == row.Name {
			return row.Role, true
		}
	}
	return "", false
}

// Name is the Chinese word of what is reset.
func (r StaffReset) Name() string {
	return map[StaffReset]string{ResetPassword: "密码", ResetTOTP: "动态口令", ResetAll: "密码和动态口令"}[r]
}
