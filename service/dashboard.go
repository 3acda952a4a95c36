package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// dashboardDays is how many days the curve of registrations shows.
const dashboardDays = 14

// DashboardQuery narrows the figures; empty fields do not. Point goes by its code, Program by its id.
type DashboardQuery struct{ Intake, Point, Program string }

// StageCount is one step of the funnel.
type StageCount struct {
	enroll.StageRule
	Count int
}

// PlaceCount is the funnel of one teaching point or program.
type PlaceCount struct {
	// ID is a point's code or a program's id, as the list of students takes it.
	ID, Name string
	// Stages has one count for each stage, in their order; Left are those who reserve, gave up, lapsed or were cancelled.
	Stages []int
	Left   int
}

// Today is what happened since 0:00.
type Today struct{ Started, Submitted, Registered, Paid int }

// DashboardDay is how many were registered on one day.
type DashboardDay struct {
	Day   time.Time
	Count int
}

// Dashboard is the state of an intake at a glance (总览).
type Dashboard struct {
	At       time.Time
	Intake   enroll.Intake
	Funnel   []StageCount
	Statuses map[enroll.Status]int
	Stuck    map[enroll.StepKey]int
	Points   []PlaceCount
	Programs []PlaceCount
	Today    Today
	Days     []DashboardDay
	// Paid counts paid orders; money is told to those only who answer for all points.
	Paid     int
	Money    *DashboardMoney
	Messages map[string]int
}

// DashboardMoney is what came in, in fen.
type DashboardMoney struct {
	Fen, TodayFen int64
	Cases         int
}

// figures is what is read for one intake, for everybody who looks in the next seconds.
type figures struct {
	at         time.Time
	places     *intakePlaces
	matters    []store.MatterCount
	registered []store.DayCount
	paid       []store.PaidCount
	messages   []store.MessageCount
	cases      int
}

// Dashboard gives the figures of an intake, the present one where none is named; a clerk's are those of the own point.
func (s *Service) Dashboard(ctx context.Context, d *Duty, q DashboardQuery) (Dashboard, error) {
	if q.Intake == "" {
		intake, err := s.CurrentIntake(ctx)
		if err != nil {
			return Dashboard{}, err
		}
		q.Intake = intake.ID
	}
	if d.Staff.Role == enroll.RoleClerk {
		q.Point = d.Staff.Point
	}
	f, err := glanceAt(s.Glances, "dashboard:"+q.Intake, func() (figures, error) { return s.figures(ctx, q.Intake) })
	if err != nil {
		return Dashboard{}, err
	}
	board := f.dashboard(q)
	if d.Staff.Role == enroll.RoleClerk {
		board.Money = nil
	}
	return board, nil
}

func (s *Service) figures(ctx context.Context, intake string) (f figures, err error) {
	f.at = s.Now()
	today := enroll.DayStart(f.at)
	if f.places, err = s.placesOf(ctx, intake); err != nil {
		return f, err
	}
	if f.matters, err = s.Store.CountMatters(ctx, intake, today); err != nil {
		return f, err
	}
	if f.registered, err = s.Store.CountRegistered(ctx, intake, today.AddDate(0, 0, 1-dashboardDays)); err != nil {
		return f, err
	}
	if f.paid, err = s.Store.CountPaid(ctx, intake, today); err != nil {
		return f, err
	}
	if f.messages, err = s.Store.CountMessages(ctx, intake, today, f.at); err != nil {
		return f, err
	}
	cases, err := s.Store.CasesWaiting(ctx)
	f.cases = cases.Count
	return f, err
}

// within says whether a place is asked for.
func (f figures) within(q DashboardQuery, point, program string) bool {
	return (q.Point == "" || f.places.points[point].Code == q.Point) && (q.Program == "" || program == q.Program)
}

func (f figures) dashboard(q DashboardQuery) Dashboard {
	b := Dashboard{
		At: f.at, Intake: f.places.intake, Statuses: map[enroll.Status]int{}, Stuck: map[enroll.StepKey]int{}, Messages: map[string]int{},
	}
	for _, rule := range enroll.Stages {
		b.Funnel = append(b.Funnel, StageCount{StageRule: rule})
	}
	points, programs := map[string]*PlaceCount{}, map[string]*PlaceCount{}
	for _, m := range f.matters {
		if !f.within(q, m.Point, m.Program) {
			continue
		}
		b.count(m)
		point, program := f.places.points[m.Point], f.places.programs[m.Program]
		placeOf(points, point.Code, point.Name).count(m)
		placeOf(programs, program.ID, ProgramText(program)).count(m)
	}
	b.Points, b.Programs = placesInOrder(points), placesInOrder(programs)
	f.addDays(&b, q)
	f.addMoney(&b, q)
	return b
}

// count adds matters that stand alike.
func (b *Dashboard) count(m store.MatterCount) {
	for i := range b.Funnel {
		if b.Funnel[i].Reached(m.Status, m.Step) {
			b.Funnel[i].Count += m.Count
		}
	}
	b.Statuses[m.Status] += m.Count
	if step := (enroll.Registration{Status: m.Status, Step: m.Step}).StuckAt(); step != "" {
		b.Stuck[step] += m.Count
	}
	b.Today.Started, b.Today.Submitted = b.Today.Started+m.Started, b.Today.Submitted+m.Submitted
}

func placeOf(all map[string]*PlaceCount, id, name string) *PlaceCount {
	if all[id] == nil {
		all[id] = &PlaceCount{ID: id, Name: name, Stages: make([]int, len(enroll.Stages))}
	}
	return all[id]
}

func (p *PlaceCount) count(m store.MatterCount) {
	for i, rule := range enroll.Stages {
		if rule.Reached(m.Status, m.Step) {
			p.Stages[i] += m.Count
		}
	}
	if !m.Status.OnTheWay() {
		p.Left += m.Count
	}
}

// placesInOrder puts the most students first.
func placesInOrder(all map[string]*PlaceCount) []PlaceCount {
	list := make([]PlaceCount, 0, len(all))
	for _, p := range all {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b PlaceCount) int {
		if a.Stages[0] != b.Stages[0] {
			return b.Stages[0] - a.Stages[0]
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list
}

// addDays adds the curve of registrations, with the days on which there were none.
func (f figures) addDays(b *Dashboard, q DashboardQuery) {
	byDay := map[int64]int{}
	for _, row := range f.registered {
		if f.within(q, row.Point, row.Program) {
			byDay[row.Day] += row.Count
		}
	}
	today := enroll.DayStart(f.at)
	for i := 1 - dashboardDays; i <= 0; i++ {
		day := today.AddDate(0, 0, i)
		b.Days = append(b.Days, DashboardDay{day, byDay[day.UnixMilli()]})
	}
	b.Today.Registered = byDay[today.UnixMilli()]
}

func (f figures) addMoney(b *Dashboard, q DashboardQuery) {
	b.Money = &DashboardMoney{Cases: f.cases}
	for _, row := range f.paid {
		if f.within(q, row.Point, row.Program) {
			b.Paid, b.Today.Paid = b.Paid+row.Count, b.Today.Paid+row.TodayN
			b.Money.Fen, b.Money.TodayFen = b.Money.Fen+row.Fen, b.Money.TodayFen+row.TodayFen
		}
	}
	for _, row := range f.messages {
		if f.within(q, row.Point, row.Program) {
			b.Messages[row.State] += row.Count
		}
	}
}
