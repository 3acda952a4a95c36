package service

import (
	"context"
	"maps"
	"slices"

	"xinsheng/enroll"
)

// NumberPreview shows what a rule of student numbers would do with the roster
// as it stands: the next number of every scope, and what would collide.
type NumberPreview struct {
	Samples  []NumberSample
	Findings []Finding
}

// NumberSample is one scope with its next number and how many are still to be issued.
type NumberSample struct {
	Scope  string
	Next   string
	Wanted int64
}

// PreviewNumbers plays a number rule and codes of levels against an intake's roster, changing nothing.
func (s *Service) PreviewNumbers(ctx context.Context, id, text string, levels map[enroll.Level]string) (p NumberPreview, err error) {
	intake, err := s.Store.Intake(ctx, id)
	if err != nil {
		return p, err
	}
	intake.Settings.NumberRule, intake.Settings.Levels = text, levels
	rule, err := enroll.ParseNumberRule(text)
	if err != nil {
		return p, err
	}
	c := &intakeCheck{service: s, intake: intake}
	if c.place, err = s.rosterPlace(ctx, intake); err != nil {
		return p, err
	}
	groups, err := s.Store.RegistrationGroups(ctx, intake.ID)
	if err != nil {
		return p, err
	}
	wanted := map[string]int64{}
	for _, g := range groups {
		c.scope(rule, g, wanted)
	}
	if err := c.numbers(ctx, rule, wanted); err != nil {
		return p, err
	}
	p.Findings = c.findings
	for _, scope := range slices.Sorted(maps.Keys(wanted)) {
		counter, err := s.Store.NumberCounter(ctx, scope)
		if err != nil {
			return p, err
		}
		next, err := rule.Number(scope, counter+1)
		if err != nil {
			next = sentence(err)
		}
		p.Samples = append(p.Samples, NumberSample{scope, next, wanted[scope]})
	}
	return p, nil
}
