package sandbox

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// Call is a line of a world's journal of what it was asked; it keeps the last 1000.
type Call struct {
	At     time.Time
	Name   string // path or action
	Status int    // HTTP status; 0 if no answer was given
	Code   string // the vendor's error code; "" for success
	Fault  string `json:",omitempty"` // kind of the fault that struck
}

// Calls lists the journal, newest last.
func (w *World) Calls() []Call {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Call(nil), w.data.Calls...)
}

// reply is what a vendor answers.
type reply struct {
	status int
	kind   string // content type
	body   []byte
	code   string // the vendor's error code, for the journal
	header http.Header
}

func jsonReply(status int, body any) reply {
	raw, err := json.Marshal(body)
	if err != nil {
		return reply{status: http.StatusInternalServerError, kind: "text/plain", body: []byte(err.Error())}
	}
	return reply{status: status, kind: "application/json; charset=utf-8", body: raw}
}

// call is a request that a world has recognised as meant for it.
type call struct {
	name string
	act  func() reply       // what the vendor does; takes the lock itself
	fail func(string) reply // an error code in the vendor's shape
	sign func(*reply, bool) // adds the signature, a wrong one if false; nil if this vendor signs nothing
}

// answer carries a call out, or misbehaves as the world's faults say, and writes the journal.
func (w *World) answer(rw http.ResponseWriter, r *http.Request, c call) {
	w.mu.Lock()
	fault := w.strike(c.name)
	w.mu.Unlock()
	if wait(r.Context(), fault.delay()) != nil {
		return
	}
	out, silent := c.perform(fault)
	w.record(c.name, out, fault, silent)
	if fault.is("hang") {
		<-r.Context().Done()
	}
	if silent {
		panic(http.ErrAbortHandler) // cuts the connection
	}
	for key, values := range out.header {
		rw.Header()[key] = values
	}
	if out.kind != "" {
		rw.Header().Set("Content-Type", out.kind)
	}
	rw.WriteHeader(out.status)
	if fault.is("drip") {
		drip(rw, r, out.body, time.Duration(fault.DelayMS)*time.Millisecond)
		return
	}
	rw.Write(out.body)
}

// drip writes a body byte by byte, until the client has had enough.
func drip(rw http.ResponseWriter, r *http.Request, body []byte, pause time.Duration) {
	flusher := http.NewResponseController(rw)
	for i := range body {
		rw.Write(body[i : i+1])
		if flusher.Flush() != nil || wait(r.Context(), pause) != nil {
			return
		}
	}
}

// perform says what is answered under a fault, and whether nothing is.
func (c call) perform(fault *Fault) (out reply, silent bool) {
	if fault == nil || fault.is("delay") || fault.is("drip") || fault.is("unsigned") || fault.is("badsign") {
		out = c.act()
		if c.sign != nil && !fault.is("unsigned") {
			c.sign(&out, !fault.is("badsign"))
		}
		return out, false
	}
	if fault.Acts {
		c.act()
	}
	switch fault.Kind {
	case "drop", "hang":
		return reply{}, true
	case "error":
		return c.fail(fault.Code), false
	case "body":
		return reply{status: http.StatusOK, kind: "text/html", body: []byte(fault.Body)}, false
	default:
		return reply{status: max(fault.Status, 200), kind: "text/html", body: []byte(fault.Body)}, false
	}
}

func (w *World) record(name string, out reply, fault *Fault, silent bool) {
	defer w.change()()
	line := Call{At: w.now(), Name: name, Status: out.status, Code: out.code}
	if fault != nil {
		line.Fault = fault.Kind
	}
	if silent {
		line.Status = 0
	}
	w.data.Calls = append(w.data.Calls, line)
	if len(w.data.Calls) > 1000 {
		w.data.Calls = w.data.Calls[len(w.data.Calls)-1000:]
	}
}

// wait sleeps, or returns early with an error if the client has gone.
func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// trimmed drops the oldest entries of a list that are done, until it has at most so many or all others are not.
func trimmed[T any](list []T, most int, done func(T) bool) []T {
	surplus := len(list) - most
	if surplus <= 0 {
		return list
	}
	return slices.DeleteFunc(list, func(one T) bool {
		if surplus <= 0 || !done(one) {
			return false
		}
		surplus--
		return true
	})
}
