package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// paused says whether staff have paused a gate. It is read from the database
// each time, so that a switch holds on every replica from the next request on.
func (s *Service) paused(ctx context.Context, gate enroll.Gate) (bool, error) {
	g, err := s.Store.Gate(ctx, gate)
	return g.Paused, err
}

// mayPass refuses students at a paused gate, in the words that staff wrote for them.
func (s *Service) mayPass(ctx context.Context, gate enroll.Gate) error {
	g, err := s.Store.Gate(ctx, gate)
	if err != nil || !g.Paused {
		return err
	}
	rule, _ := gate.Rule()
	return enroll.Fail(rule.Reason, g.Sentence)
}

// Gates gives how every gate stands, in the order of their table (通道).
func (s *Service) Gates(ctx context.Context) ([]enroll.GateState, error) {
	changed, err := s.Store.Gates(ctx)
	list := make([]enroll.GateState, len(enroll.Gates))
	for i, rule := range enroll.Gates {
		list[i] = changed[rule.Gate]
		list[i].Gate = rule.Gate
	}
	return list, err
}

// gateChangesShown is how many changes of gates are listed.
const gateChangesShown = 20

// GateChanges lists who paused and opened gates lately.
func (s *Service) GateChanges(ctx context.Context) ([]enroll.GateState, error) {
	return s.Store.GateChanges(ctx, gateChangesShown)
}

// SetGate pauses a gate with the sentence that students then read, or opens it
// again (暂停、恢复通道); version is the one that was seen, so that of two people the second is told.
func (s *Service) SetGate(ctx context.Context, d *Duty, gate enroll.Gate, paused bool, sentence string, version int) error {
	rule, ok := gate.Rule()
	if !ok {
		return enroll.Fail("not_found")
	}
	sentence = strings.Join(strings.Fields(sentence), " ")
	if n := len([]rune(sentence)); paused && rule.Seen != "" && (n == 0 || n > enroll.GateSentenceMost) {
		return enroll.FailField("sentence", "gate_sentence", enroll.GateSentenceMost)
	}
	next := enroll.GateState{Gate: gate, Version: version + 1, Paused: paused, Sentence: clip(sentence, enroll.GateSentenceMost), By: d.Staff.Account}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		now, err := tx.Gate(ctx, gate)
		switch {
		case err != nil:
			return err
		case now.Version != version || now.Paused == paused && now.Sentence == next.Sentence:
			return enroll.Fail("changed")
		}
		if err := tx.ChangeGate(ctx, next, s.Now()); err != nil {
			return err
		}
		action := "gate_open"
		if paused {
			action = "gate_pause"
		}
		return s.audit(ctx, tx, d, action, string(gate), next.Sentence)
	})
}

// DoorTold is what stands at the login while codes are paused; empty while they are not.
func (s *Service) DoorTold(ctx context.Context) (string, error) {
	g, err := s.Store.Gate(ctx, enroll.GateCode)
	return g.Told(), err
}

// gateNotices tells a student on the home page what is paused of what comes next.
func (s *Service) gateNotices(ctx context.Context, v *Visit) ([]string, error) {
	if !v.Registration.Status.OnTheWay() {
		return nil, nil
	}
	gates, err := s.Store.Gates(ctx)
	var list []string
	for _, each := range []struct {
		gate      enroll.Gate
		concerned bool
	}{{enroll.GateFace, !v.Verified}, {enroll.GatePay, v.Registration.Status == enroll.Payable}, {enroll.GateMessage, true}} {
		if told := gates[each.gate].Told(); each.concerned && told != "" {
			list = append(list, told)
		}
	}
	return list, err
}
