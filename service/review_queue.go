package service

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"xinsheng/enroll"
)

// QueueFilter narrows the review desk's queue; empty fields take everything.
type QueueFilter struct {
	Kind enroll.ReviewKind
	// Point and Program are codes: the point's, and the program's number with its level.
	Point, Program string
	// Stage is first (waits for a clerk's word) or final (has it, or needs none).
	Stage string
	// After is the key of the last item of the page before.
	After string
	Limit int
}

// QueuedReview is one item of the queue with what its line shows.
type QueuedReview struct {
	enroll.ReviewItem
	DueAt     time.Time
	Lateness  enroll.ReviewLateness
	Point     enroll.Point
	Program   enroll.Program
	AsksFirst bool
}

// key orders the queue: due first, then who waits longest.
func (q QueuedReview) key() string {
	return fmt.Sprintf("%014d%014d%s%s", q.DueAt.UnixMilli(), q.Since.UnixMilli(), q.ID, q.Kind)
}

// ReviewQueue is a page of what waits, with what the filters offer.
type ReviewQueue struct {
	Items    []QueuedReview
	Next     string
	Counts   map[enroll.ReviewKind]int
	Overdue  int
	Points   []enroll.Point
	Programs []enroll.Program
}

// mayReview says whether a member of staff has a word in a kind: applications are the registrar's.
func mayReview(d *Duty, kind enroll.ReviewKind) bool {
	rule, ok := kind.Rule()
	return ok && (rule.First || d.Staff.Role.May(enroll.MayApplications)) && d.Staff.Role.May(enroll.MayReview)
}

// ReviewKindsOf lists the kinds in which a member of staff has a word, in the order of the desk.
func ReviewKindsOf(d *Duty) (kinds []enroll.ReviewRule) {
	for _, rule := range enroll.ReviewRules {
		if mayReview(d, rule.Kind) {
			kinds = append(kinds, rule)
		}
	}
	return kinds
}

// ReviewQueue gives what waits for this member of staff, the first due first: a
// clerk sees what waits for the first word on students of the own point.
func (s *Service) ReviewQueue(ctx context.Context, d *Duty, f QueueFilter) (ReviewQueue, error) {
	all, err := s.waitingItems(ctx, d)
	if err != nil {
		return ReviewQueue{}, err
	}
	q := ReviewQueue{Counts: map[enroll.ReviewKind]int{}}
	var shown []QueuedReview
	for _, item := range all {
		q.offer(item)
		if f.takes(item) {
			shown = append(shown, item)
		}
	}
	q.page(shown, f)
	return q, nil
}

// waitingItems loads everything that waits for this member of staff.
func (s *Service) waitingItems(ctx context.Context, d *Duty) ([]QueuedReview, error) {
	places, err := s.reviewPlaces(ctx)
	if err != nil {
		return nil, err
	}
	var all []QueuedReview
	for _, rule := range ReviewKindsOf(d) {
		items, err := s.Store.ReviewQueue(ctx, rule.Kind, d.Staff.Point, s.Now())
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			queued := places.queued(item, s.Now())
			if d.Staff.Role != enroll.RoleClerk || queued.AsksFirst && item.First == nil {
				all = append(all, queued)
			}
		}
	}
	slices.SortFunc(all, func(a, b QueuedReview) int { return strings.Compare(a.key(), b.key()) })
	return all, nil
}

// deskPlaces are the intakes, programs and points by id, and the calendar.
type deskPlaces struct {
	intakes  map[string]enroll.Intake
	programs map[string]enroll.Program
	points   map[string]enroll.Point
	calendar enroll.Calendar
}

func (s *Service) reviewPlaces(ctx context.Context) (p deskPlaces, err error) {
	p = deskPlaces{intakes: map[string]enroll.Intake{}, programs: map[string]enroll.Program{}, points: map[string]enroll.Point{}}
	if p.calendar, err = s.Calendar(ctx); err != nil {
		return p, err
	}
	intakes, err := s.Store.Intakes(ctx)
	if err != nil {
		return p, err
	}
	for _, i := range intakes {
		p.intakes[i.ID] = i
		programs, err := s.Store.Programs(ctx, i.ID)
		if err != nil {
			return p, err
		}
		for _, program := range programs {
			p.programs[program.ID] = program
		}
		points, err := s.Store.Points(ctx, i.ID)
		if err != nil {
			return p, err
		}
		for _, point := range points {
			p.points[point.ID] = point
		}
	}
	return p, nil
}

func (p deskPlaces) queued(item enroll.ReviewItem, now time.Time) QueuedReview {
	settings := p.intakes[item.Intake].Settings
	due := p.calendar.AfterWorkdays(item.Since, settings.ReviewDays(item.Kind))
	return QueuedReview{
		ReviewItem: item, DueAt: due, Lateness: p.calendar.Lateness(due, now), Point: p.points[item.Point], Program: p.programs[item.Program],
		AsksFirst: settings.AsksFirst(item.Kind),
	}
}

// offer counts an item by kind, and lets the filters offer its point and program.
func (q *ReviewQueue) offer(item QueuedReview) {
	q.Counts[item.Kind]++
	if item.Lateness == enroll.ReviewOverdue {
		q.Overdue++
	}
	if !slices.ContainsFunc(q.Points, func(p enroll.Point) bool { return p.Code == item.Point.Code }) {
		q.Points = append(q.Points, item.Point)
	}
	if !slices.ContainsFunc(q.Programs, func(p enroll.Program) bool { return programCode(p) == programCode(item.Program) }) {
		q.Programs = append(q.Programs, item.Program)
	}
}

func programCode(p enroll.Program) string { return string(p.Level) + p.No }

func (f QueueFilter) takes(item QueuedReview) bool {
	firstWaits := item.AsksFirst && item.First == nil
	return (f.Kind == "" || f.Kind == item.Kind) && (f.Point == "" || f.Point == item.Point.Code) &&
		(f.Program == "" || f.Program == programCode(item.Program)) &&
		(f.Stage == "" || f.Stage == "first" && firstWaits || f.Stage == "final" && !firstWaits)
}

func (q *ReviewQueue) page(shown []QueuedReview, f QueueFilter) {
	slices.SortFunc(q.Points, func(a, b enroll.Point) int { return strings.Compare(a.Code, b.Code) })
	slices.SortFunc(q.Programs, func(a, b enroll.Program) int { return strings.Compare(programCode(a), programCode(b)) })
	from, _ := slices.BinarySearchFunc(shown, f.After, func(item QueuedReview, after string) int {
		if item.key() <= after {
			return -1
		}
		return 1
	})
	shown = shown[from:]
	limit := f.Limit
	if limit <= 0 || limit > 200 {
		limit = 50
	}
	if len(shown) > limit {
		shown = shown[:limit]
		q.Next = shown[limit-1].key()
	}
	q.Items = shown
}
