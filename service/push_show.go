package service

import (
	"context"
	"encoding/csv"
	"errors"
	"io"

	"xinsheng/enroll"
)

// PushView is a push with its figures.
type PushView struct {
	Push   enroll.Push
	Counts enroll.PushCounts
	// Confirms says that WeChat reports deliveries; without it a message is 已受理 at best.
	Confirms bool
}

// Push shows one push with its figures.
func (s *Service) Push(ctx context.Context, id string) (PushView, error) {
	p, err := s.Store.Push(ctx, id)
	if err != nil {
		return PushView{}, err
	}
	counts, err := s.Store.PushCounts(ctx, id)
	return PushView{Push: p, Counts: counts, Confirms: s.OA.CallbackEnabled()}, err
}

// Pushes lists one page of pushes, the newest first, from before the given id on.
func (s *Service) Pushes(ctx context.Context, before string, limit int) ([]PushView, error) {
	list, err := s.Store.Pushes(ctx, before, limit)
	if err != nil {
		return nil, err
	}
	views := make([]PushView, len(list))
	for i, p := range list {
		views[i] = PushView{Push: p, Confirms: s.OA.CallbackEnabled()}
		if views[i].Counts, err = s.Store.PushCounts(ctx, p.ID); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// PushFailures lists one page of whom a push did not reach, or of whom it is unknown, after a recipient's id.
func (s *Service) PushFailures(ctx context.Context, id, after string, limit int) ([]enroll.PushRecipient, error) {
	return s.Store.Recipients(ctx, id, []enroll.RecipientState{enroll.RecipientFailed, enroll.RecipientUnknown}, after, limit)
}

// EachPushFailure goes through all of whom a push did not reach, page by page.
func (s *Service) EachPushFailure(ctx context.Context, id string, do func(enroll.PushRecipient) error) error {
	for after := ""; ; {
		page, err := s.PushFailures(ctx, id, after, pushPage)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, r := range page {
			if err := do(r); err != nil {
				return err
			}
		}
		after = page[len(page)-1].ID
	}
}

// ExportPushFailures writes whom a push did not reach as CSV in UTF-8, which
// table programs open; its 考生号 may be uploaded as the list of another push.
// Names are masked, for the 考生号 suffices. Like any export it asks for a fresh proof, before the first byte.
func (s *Service) ExportPushFailures(ctx context.Context, d *Duty, id string, to io.Writer) error {
	if err := s.confirmed(d); err != nil {
		return err
	}
	if _, err := s.Store.Push(ctx, id); err != nil {
		return err
	}
	if err := s.audit(ctx, s.Store, d, "push_export", id, ""); err != nil {
		return err
	}
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(to)
	if err := w.Write([]string{"考生号", "姓名", "结果", "原因", "代码"}); err != nil {
		return err
	}
	err := s.EachPushFailure(ctx, id, func(r enroll.PushRecipient) error {
		return w.Write([]string{"\t" + r.Content.ExamNo, harmless(enroll.MaskName(r.Content.Name)), r.State.Name(), r.Failure.Text(), r.Code})
	})
	w.Flush()
	return errors.Join(err, w.Error())
}

// PushRecipients lists one page of the recipients of a push after a recipient's id: of one state, or all.
func (s *Service) PushRecipients(ctx context.Context, id string, state enroll.RecipientState, after string, limit int) ([]enroll.PushRecipient, error) {
	states := []enroll.RecipientState{state}
	if state == "" {
		states = nil
		for _, row := range enroll.RecipientStates {
			states = append(states, row.State)
		}
	}
	return s.Store.Recipients(ctx, id, states, after, limit)
}
