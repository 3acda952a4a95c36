package sandbox

import (
	"fmt"
	"strings"
	"time"
)

// Fault makes a world misbehave on purpose. It strikes the calls (or notices) whose name contains Path, after
// letting the first After pass, and Times times; 0 means until it is removed.
//
// Names: the path of WeChat and WeChat Pay calls, the action of Tencent Cloud calls (SendSms …), "notice" for
// pay notices and "event" for message callbacks.
type Fault struct {
	ID    int    `json:"id"`
	Path  string `json:"path"`
	Kind  string `json:"kind"` // see faultKinds
	After int    `json:"after,omitempty"`
	Times int    `json:"times,omitempty"`

	DelayMS int64  `json:"delay_ms,omitempty"` // delay, drip
	Status  int    `json:"status,omitempty"`   // status: HTTP status, unsigned
	Code    string `json:"code,omitempty"`     // error: the vendor's code, as 45009, SYSTEM_ERROR, InternalError
	Body    string `json:"body,omitempty"`     // status, body: what is answered instead
	Acts    bool   `json:"acts,omitempty"`     // the vendor carries the call out, then misbehaves
	Copies  int    `json:"copies,omitempty"`   // duplicate: how many in all
	How     string `json:"how,omitempty"`      // forge: see forgeries

	Seen   int `json:"seen"`   // calls that matched
	Struck int `json:"struck"` // calls that it struck
}

// faultKinds says what each kind does.
func faultKinds() map[string]string {
	return map[string]string{
		"delay":     "waits delay_ms, then answers as usual (a notice: is sent that much later)",
		"drip":      "answers as usual, a byte every delay_ms",
		"error":     "answers the vendor's error `code` in the vendor's shape",
		"status":    "answers HTTP `status` with `body`, unsigned",
		"body":      "answers 200 with `body` instead of the reply",
		"drop":      "cuts the connection (a notice or event: is never sent)",
		"hang":      "never answers",
		"unsigned":  "answers without signature headers (WeChat Pay)",
		"badsign":   "answers with a wrong signature (WeChat Pay)",
		"duplicate": "sends a notice `copies` times (an event twice) at once",
		"reorder":   "holds a notice back until the next one has been delivered",
		"forge":     "sends a forged notice in its place, see `how`",
	}
}

// AddFault sets a fault and returns its id.
func (w *World) AddFault(f Fault) (int, error) {
	if _, ok := faultKinds()[f.Kind]; !ok {
		return 0, fmt.Errorf("no fault kind %q", f.Kind)
	}
	if f.Kind == "forge" && !forgeable(f.How) {
		return 0, fmt.Errorf("no forgery %q", f.How)
	}
	if f.Path == "" {
		return 0, fmt.Errorf("a fault needs a path")
	}
	defer w.change()()
	f.ID, f.Seen, f.Struck = 1, 0, 0
	for _, old := range w.data.Faults {
		f.ID = max(f.ID, old.ID+1)
	}
	w.data.Faults = append(w.data.Faults, &f)
	return f.ID, nil
}

// RemoveFault ends a fault; 0 ends all.
func (w *World) RemoveFault(id int) {
	defer w.change()()
	var kept []*Fault
	for _, f := range w.data.Faults {
		if id != 0 && f.ID != id {
			kept = append(kept, f)
		}
	}
	w.data.Faults = kept
}

// Faults lists the faults that are set, with how often they struck.
func (w *World) Faults() []Fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := make([]Fault, len(w.data.Faults))
	for i, f := range w.data.Faults {
		list[i] = *f
	}
	return list
}

// strike finds the first fault that strikes a call of this name, and counts; callers hold the lock.
func (w *World) strike(name string) *Fault {
	for _, f := range w.data.Faults {
		if !strings.Contains(name, f.Path) {
			continue
		}
		f.Seen++
		if f.Seen <= f.After || f.Times > 0 && f.Struck >= f.Times {
			continue
		}
		f.Struck++
		struck := *f
		return &struck
	}
	return nil
}

func (f *Fault) is(kind string) bool { return f != nil && f.Kind == kind }

func (f *Fault) delay() time.Duration {
	if !f.is("delay") {
		return 0
	}
	return time.Duration(f.DelayMS) * time.Millisecond
}
