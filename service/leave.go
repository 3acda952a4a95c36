package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// eventLeave is the timeline's word for a registered student's wish to leave.
const eventLeave = "apply_leave"

// mayLeave lets registered students only ask to leave (退学退费), and once at a time.
func (s *Service) mayLeave(ctx context.Context, v *Visit) error {
	if v.Registration.Status != enroll.Registered {
		return enroll.Fail("wrong_state", v.Registration.Status.Name())
	}
	list, err := s.Store.Applications(ctx, v.Registration.ID)
	if err == nil && len(list) > 0 && list[0].State == enroll.ApplicationPending {
		return enroll.Fail("application_open")
	}
	return err
}

// openLeave opens the case that registrar and finance work on; no status moves.
func (s *Service) openLeave(ctx context.Context, tx *store.Store, r enroll.Registration, a enroll.Application, by enroll.RegistrationEvent) error {
	if r.Status != enroll.Registered {
		return enroll.Fail("wrong_state", r.Status.Name())
	}
	_, err := s.openCase(ctx, tx, enroll.Case{
		Kind: enroll.CaseLeave, Registration: r.ID, Detail: "申请编号 " + a.ID + "：核实后办理退学和退费",
	}, a.ID)
	if err != nil {
		return err
	}
	by.Registration, by.At, by.Event, by.From, by.To, by.By = r.ID, a.At, eventLeave, r.Status, r.Status, enroll.ByStudent
	return tx.AddEvent(ctx, by)
}
