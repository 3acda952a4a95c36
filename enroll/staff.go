package enroll

import (
	"slices"
	"time"
)

// Role is what a member of staff answers for (角色).
type Role string

// The roles of the college.
const (
	RoleAdmin     Role = "admin"
	RoleRegistrar Role = "registrar"
	RoleFinance   Role = "finance"
	RoleClerk     Role = "clerk"
)

// Roles lists every role with its Chinese name.
var Roles = []struct {
	Role Role
	Name string
}{
	{RoleAdmin, "管理员"}, {RoleRegistrar, "学籍"}, {RoleFinance, "财务"}, {RoleClerk, "教学点"},
}

// Name is the Chinese word of a role.
func (r Role) Name() string {
	for _, row := range Roles {
		if row.Role == r {
			return row.Name
		}
	}
	return string(r)
}

// Staff is one person of the college with an account (账号). A clerk serves
// one teaching point, by its code, and sees the students of that point only.
type Staff struct {
	ID      string
	Account string
	Name    string
	Role    Role
	// Point is the code of the clerk's teaching point; empty for all other roles.
	Point string
	// Enrolled says that the authenticator and a password of one's own are set.
	Enrolled  bool
	CreatedAt time.Time
	// ExpiresAt ends the account, a year after it was made or renewed.
	ExpiresAt time.Time
	// SeenAt is the last request; after 90 idle days the account is disabled.
	SeenAt     time.Time
	DisabledAt time.Time
	// OpenID is the WeChat that the daily list of what waits is sent to; empty where none is bound.
	OpenID string
	// Digest says that the list is wanted (每日待办).
	Digest  bool
	Version int
}

// Permission is what one group of staff pages and routes asks for (权限).
type Permission string

// The permissions, one per corner of the staff site.
const (
	MayWork         Permission = "work"         // own account, jobs, dashboard
	MaySeeStudents  Permission = "students"     // list and file of a student, masked
	MayUnmask       Permission = "unmask"       // whole ID number and phone, with a reason
	MayAssist       Permission = "assist"       // act for a student at the counter (代办)
	MayRemind       Permission = "remind"       // the worklist, and a reminder to one student of it
	MayDecide       Permission = "decide"       // extend, bind, face attempts, correct, cancel, lapse
	MayImport       Permission = "roster"       // roster and photos
	MayReview       Permission = "review"       // the review desk; a clerk's word is the first of two (初审)
	MayConfirm      Permission = "confirm"      // the second person of an act of two (复核)
	MayApplications Permission = "applications" // reserve, give up, resume, leave
	MaySeeIntakes   Permission = "settings"     // intakes with their settings and history, to read
	MaySetIntake    Permission = "intakes"      // window, notice, rules, messages
	MaySetTuition   Permission = "tuition"      // tuition standards
	MaySetPlaces    Permission = "places"       // programs, points, dictionaries
	MayMenu         Permission = "menu"         // the account's menu
	MayPush         Permission = "push"         // notices to many
	MayFinance      Permission = "finance"      // orders, facts, cases
	MayExport       Permission = "exports"      // files that leave the house
	MayWatch        Permission = "opening"      // opening day, pause switches
	MayAlerts       Permission = "alerts"       // hints of fraud
	MayAccounts     Permission = "accounts"     // accounts, audit log, system
)

// Permissions says which roles hold which permission; it is the only place that does (pages.md, staff).
var Permissions = []struct {
	Permission Permission
	Roles      []Role
}{
	{MayWork, []Role{RoleAdmin, RoleRegistrar, RoleFinance, RoleClerk}},
	{MaySeeStudents, []Role{RoleAdmin, RoleRegistrar, RoleFinance, RoleClerk}},
	{MayUnmask, []Role{RoleRegistrar, RoleFinance, RoleClerk}},
	{MayAssist, []Role{RoleRegistrar, RoleClerk}},
	{MayRemind, []Role{RoleRegistrar, RoleClerk}},
	{MayDecide, []Role{RoleRegistrar}},
	{MayImport, []Role{RoleRegistrar}},
	{MayReview, []Role{RoleRegistrar, RoleClerk}},
	{MayConfirm, []Role{RoleRegistrar, RoleAdmin}},
	{MayApplications, []Role{RoleRegistrar}},
	{MaySeeIntakes, []Role{RoleRegistrar, RoleAdmin, RoleFinance}},
	{MaySetIntake, []Role{RoleRegistrar, RoleAdmin}},
	{MaySetTuition, []Role{RoleFinance}},
	{MaySetPlaces, []Role{RoleRegistrar}},
	{MayMenu, []Role{RoleAdmin}},
	{MayPush, []Role{RoleRegistrar, RoleAdmin}},
	{MayFinance, []Role{RoleFinance}},
	{MayExport, []Role{RoleRegistrar, RoleFinance}},
	{MayWatch, []Role{RoleAdmin, RoleRegistrar}},
	{MayAlerts, []Role{RoleRegistrar}},
	{MayAccounts, []Role{RoleAdmin}},
}

// May says whether a role holds a permission.
func (r Role) May(p Permission) bool {
	for _, row := range Permissions {
		if row.Permission == p {
			return slices.Contains(row.Roles, r)
		}
	}
	return false
}

// Allowed lists what a role may do, for the page's menu.
func (r Role) Allowed() []Permission {
	var list []Permission
	for _, row := range Permissions {
		if slices.Contains(row.Roles, r) {
			list = append(list, row.Permission)
		}
	}
	return list
}
