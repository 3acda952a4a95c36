package store

import (
	"fmt"
	"time"
)

// sinceSlack is by how much the clocks of replicas may differ.
const sinceSlack = 10 * time.Minute

// idSince is the lowest id that a row made since a moment can have: ids are
// ordered by time (UUIDv7), so that what is recent is found by the primary key,
// however long a table has grown. Ids go by the machine's clock, not by ours.
func idSince(at, now time.Time) string {
	ms := max(0, time.Now().Add(at.Sub(now)-sinceSlack).UnixMilli())
	return fmt.Sprintf("%08x-%04x-7000-8000-000000000000", ms>>16, ms&0xffff)
}
