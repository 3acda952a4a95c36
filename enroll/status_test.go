package enroll

import (
	"slices"
	"testing"
)

func TestEveryStatusCanBeReached(t *testing.T) {
	reached := map[Status]bool{None: true}
	for range Statuses {
		for _, row := range Transitions {
			if !reached[row.From] {
				continue
			}
			if row.To != Earlier {
				reached[row.To] = true
			}
			if row.Completes {
				reached[Registered] = true
			}
		}
	}
	for _, s := range Statuses {
		if !reached[s.Status] {
			t.Errorf("%s cannot be reached", s.Status)
		}
	}
}

func TestTransitionsAreUnambiguousAndNamed(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range Transitions {
		key := string(row.From) + "|" + string(row.Event)
		if seen[key] {
			t.Errorf("%s stands twice", key)
		}
		seen[key] = true
		for _, s := range []Status{row.From, row.To} {
			if s != None && s != Earlier && s.Name() == string(s) {
				t.Errorf("%s has no Chinese word", s)
			}
		}
		if row.By == "" {
			t.Errorf("%s: nobody may do it", key)
		}
	}
}

func TestFinalStatusesAreFinal(t *testing.T) {
	leaves := func(s Status) []Event {
		var events []Event
		for _, row := range Transitions {
			if row.From == s && row.To != s {
				events = append(events, row.Event)
			}
		}
		return events
	}
	for _, s := range Statuses {
		out := leaves(s.Status)
		switch {
		case s.Status == Cancelled:
			if !slices.Equal(out, []Event{EventReinstate}) {
				t.Errorf("cancelled is left by %v", out)
			}
		case s.Status == Registered:
			if !slices.Equal(out, []Event{EventCancel}) {
				t.Errorf("registered is left by %v", out)
			}
		case s.Status.Final() != (len(out) == 0):
			t.Errorf("%s: final %v, left by %v", s.Status, s.Status.Final(), out)
		}
	}
}

// Money must be taken note of wherever it arrives (states.md), and what waits for the college never lapses.
func TestMoneyHasARowInEveryStatusAndWaitingNeverLapses(t *testing.T) {
	for _, s := range Statuses {
		row, err := Next(s.Status, EventSettle)
		if err != nil {
			t.Errorf("money in %s has no row", s.Status)
		}
		if s.Status != Payable && row.To != s.Status {
			t.Errorf("money moves %s to %s", s.Status, row.To)
		}
		_, err = Next(s.Status, EventLapse)
		if (s.Status.Pending() || s.Status == Submitted) && ReasonOf(err) != "wrong_state" {
			t.Errorf("%s may lapse", s.Status)
		}
	}
}

// Rows to the earlier status start only where an event before stored one.
func TestEarlierIsStoredBeforeItIsUsed(t *testing.T) {
	stored := map[Status]bool{}
	for _, row := range Transitions {
		switch row.Event {
		case EventReserve, EventGiveUp, EventLapse, EventCancel:
			stored[row.To] = true
		}
	}
	for _, row := range Transitions {
		if row.To == Earlier && !stored[row.From] {
			t.Errorf("%s goes back to a status that nothing stored", row.From)
		}
	}
}

func TestOrdersEndInMoney(t *testing.T) {
	for _, s := range OrderStatuses {
		if !s.Status.MayMove(OrderPaid) && s.Status != OrderPaid {
			t.Errorf("%s cannot become paid", s.Status)
		}
		if OrderPaid.MayMove(s.Status) {
			t.Errorf("paid becomes %s", s.Status)
		}
		if s.Status.Name() == string(s.Status) {
			t.Errorf("%s has no Chinese word", s.Status)
		}
	}
	if OrderClosed.MayMove(OrderCreated) || OrderClosed.MayMove(OrderClosing) {
		t.Error("a closed order lives again")
	}
}

func TestEveryReasonHasItsSentence(t *testing.T) {
	for _, r := range Reasons() {
		if r.Text() == "" || r.Code() == "" {
			t.Errorf("%s lacks sentence or class", r)
		}
		if r != "internal" && r.Text() == Reason("internal").Text() {
			t.Errorf("%s says nothing of its own", r)
		}
	}
}

func TestEveryMessageAndCaseHasItsWord(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range MessageRules {
		if m.Name == "" || m.Link == "" || seen[m.Event] {
			t.Errorf("message %+v", m)
		}
		seen[m.Event] = true
	}
	for _, k := range CaseKinds {
		if k.Kind.Name() == string(k.Kind) {
			t.Errorf("case %s has no Chinese word", k.Kind)
		}
	}
	for _, f := range FaceStates {
		if f.State.Name() == string(f.State) {
			t.Errorf("face state %s has no Chinese word", f.State)
		}
	}
}
