package service

import (
	"context"
	"slices"
	"time"

	"xinsheng/enroll"
)

// Done is what a registered student keeps: the number and the way to it.
type Done struct {
	Number        string
	NumberPending bool
	// PaidByOther says that somebody else paid by the student's link.
	PaidByOther bool
	Events      []TimelineEvent
}

// TimelineEvent is one line of the timeline in words.
type TimelineEvent struct {
	At    time.Time
	Title string
	Text  string
	By    string
}

// Done gives the number of a registered student (注册完成); before that it is wrong_state.
func (s *Service) Done(ctx context.Context, v *Visit) (Done, error) {
	if !v.Verified {
		return Done{}, enroll.Fail("identity_step_needed")
	}
	if v.Registration.Status != enroll.Registered {
		return Done{}, enroll.Fail("wrong_state", v.Registration.Status.Name())
	}
	number, err := s.Store.Number(ctx, v.Registration.ID)
	if err != nil {
		return Done{}, err
	}
	events, err := s.Timeline(ctx, v)
	other := slices.ContainsFunc(events, func(e TimelineEvent) bool { return e.Text == enroll.PaidByOther })
	return Done{Number: number, NumberPending: number == "", PaidByOther: other, Events: events}, err
}

// Timeline tells what happened in this matter, the oldest first.
func (s *Service) Timeline(ctx context.Context, v *Visit) ([]TimelineEvent, error) {
	if !v.Verified {
		return nil, enroll.Fail("identity_step_needed")
	}
	events, err := s.Store.Events(ctx, v.Registration.ID)
	if err != nil {
		return nil, err
	}
	lines := make([]TimelineEvent, 0, len(events))
	for _, e := range events {
		title := enroll.EventTitle(e)
		if title == "" {
			continue
		}
		lines = append(lines, TimelineEvent{At: e.At, Title: title, Text: e.Reason, By: e.By.Name()})
	}
	return lines, nil
}
