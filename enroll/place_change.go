package enroll

import "time"

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
