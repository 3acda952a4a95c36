package enroll

import (
	"fmt"
	"strings"
	"time"
)

// PlaceKind is what of an intake stands in tables of its own, beside its settings.
type PlaceKind string

// The kinds of places.
const (
	PlacePoint   PlaceKind = "point"
	PlaceProgram PlaceKind = "program"
	PlaceTuition PlaceKind = "tuition"
)

// Name is the Chinese word of a kind.
func (k PlaceKind) Name() string {
	return map[PlaceKind]string{PlacePoint: "教学点", PlaceProgram: "专业", PlaceTuition: "收费标准"}[k]
}

// PlaceChange is one change of a point, a program or a price: in words before
// and after, when, and by whom. Before is empty for what is new.
type PlaceChange struct {
	Kind          PlaceKind
	Subject       string
	Before, After string
	At            time.Time
	By            string
}

// PlaceUse counts what hangs on a point or a program, so that it cannot be taken away.
type PlaceUse struct {
	Students, Applications, Prices, Accounts int
	// Corrections and Rosters wait to be decided and may name the place.
	Corrections, Rosters int
}

// Words lists what there is of it; empty where nothing hangs on the place.
func (u PlaceUse) Words() string {
	var parts []string
	for _, row := range []struct {
		n    int
		text string
	}{
		{u.Students, "名单上的学生 %d 名"}, {u.Applications, "申请 %d 份"}, {u.Prices, "学费标准 %d 条"}, {u.Accounts, "教学点账号 %d 个"},
		{u.Corrections, "待审核的更正申请 %d 件"}, {u.Rosters, "未完成的名单导入 %d 次"},
	} {
		if row.n > 0 {
			parts = append(parts, fmt.Sprintf(row.text, row.n))
		}
	}
	return strings.Join(parts, "、")
}
