package service

import (
	"context"

	"golang.org/x/text/unicode/norm"

	"xinsheng/enroll"
	"xinsheng/store"
)

// StudentQuery is what staff look for (查找学生); an empty field asks for nothing.
type StudentQuery struct {
	// Word is what was typed into the search box.
	Word string
	// Intake and Program are ids, Point is a code, which a clerk cannot change.
	Intake, Program, Point string
	Status                 enroll.Status
	Step                   enroll.StepKey
	// Stage is how far they have come at least, for who comes from the dashboard.
	Stage enroll.Stage
}

// StudentRow is one line of the list of students.
type StudentRow struct {
	Registration enroll.Registration
	Student      enroll.Student
	Intake       enroll.Intake
	Program      enroll.Program
	Point        enroll.Point
	Number       string
}

// PageMost is how many lines one page of a list holds at most.
const PageMost = 100

// pageSize keeps what a page asks for within bounds; 50 where it asks for nothing.
func pageSize(limit int) int {
	if limit <= 0 {
		return 50
	}
	return min(limit, PageMost)
}

// Students lists one page of matters after the given id, of those that this
// member of staff may see; next is empty at the end.
func (s *Service) Students(ctx context.Context, d *Duty, q StudentQuery, after string, limit int) (rows []StudentRow, next string, err error) {
	f, err := s.studentFilter(ctx, d, q)
	if err != nil {
		return nil, "", err
	}
	limit = pageSize(limit)
	list, err := s.Store.SearchStudents(ctx, f, after, limit+1)
	if err != nil {
		return nil, "", err
	}
	if len(list) > limit {
		list, next = list[:limit], list[limit-1].ID
	}
	rows, err = s.studentRows(ctx, list)
	return rows, next, err
}

// StudentCounts counts matters by status, whatever status the query asks for.
func (s *Service) StudentCounts(ctx context.Context, d *Duty, q StudentQuery) (map[enroll.Status]int, error) {
	q.Status, q.Step = "", ""
	f, err := s.studentFilter(ctx, d, q)
	if err != nil {
		return nil, err
	}
	return s.Store.CountStudents(ctx, f)
}

// studentFilter reads a query; a clerk's is bound to the own point, and what was typed must be something to search for.
func (s *Service) studentFilter(ctx context.Context, d *Duty, q StudentQuery) (store.StudentFilter, error) {
	f := store.StudentFilter{Intake: q.Intake, Program: q.Program, Point: q.Point, Status: q.Status, Step: q.Step, Stage: q.Stage}
	if d.Staff.Role == enroll.RoleClerk {
		f.Point = d.Staff.Point
	}
	word := norm.NFC.String(q.Word)
	if word == "" {
		return f, nil
	}
	f.Search, f.Searched = enroll.ParseSearch(word), true
	if f.Search.Void() {
		return f, enroll.FailField("word", "search_void")
	}
	if f.Search.Code != "" {
		note, err := s.Help(ctx, f.Search.Code)
		if err != nil && enroll.ReasonOf(err) != "help_unknown" {
			return f, err
		}
		f.Registration = note.Registration
	}
	return f, nil
}

func (s *Service) studentRows(ctx context.Context, list []enroll.Registration) ([]StudentRow, error) {
	people, err := s.Store.StudentsOf(ctx, list)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, r := range list {
		ids[i] = r.ID
	}
	numbers, err := s.Store.NumbersOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	byIntake := map[string]*intakePlaces{}
	rows := make([]StudentRow, len(list))
	for i, r := range list {
		if byIntake[r.Intake] == nil {
			if byIntake[r.Intake], err = s.placesOf(ctx, r.Intake); err != nil {
				return nil, err
			}
		}
		p := byIntake[r.Intake]
		rows[i] = StudentRow{r, people[r.Student], p.intake, p.programs[r.Program], p.points[r.Point], numbers[r.ID]}
	}
	return rows, nil
}

// intakePlaces are an intake with its programs and points, read once for many lines.
type intakePlaces struct {
	intake   enroll.Intake
	programs map[string]enroll.Program
	points   map[string]enroll.Point
}

func (s *Service) placesOf(ctx context.Context, intake string) (*intakePlaces, error) {
	i, err := s.Store.Intake(ctx, intake)
	if err != nil {
		return nil, err
	}
	p := &intakePlaces{intake: i, programs: map[string]enroll.Program{}, points: map[string]enroll.Point{}}
	programs, err := s.Store.Programs(ctx, intake)
	if err != nil {
		return nil, err
	}
	for _, row := range programs {
		p.programs[row.ID] = row
	}
	points, err := s.Store.Points(ctx, intake)
	for _, row := range points {
		p.points[row.ID] = row
	}
	return p, err
}

// StudentChoice is one intake with what its list may be narrowed to.
type StudentChoice struct {
	Intake   enroll.Intake
	Programs []enroll.Program
	Points   []enroll.Point
}

// StudentChoices lists what the list of students may be narrowed to, the newest intake first; a clerk gets the own point only.
func (s *Service) StudentChoices(ctx context.Context, d *Duty) ([]StudentChoice, error) {
	intakes, err := s.Store.Intakes(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]StudentChoice, len(intakes))
	for i, intake := range intakes {
		c := StudentChoice{Intake: intake}
		if c.Programs, err = s.Store.Programs(ctx, intake.ID); err != nil {
			return nil, err
		}
		points, err := s.Store.Points(ctx, intake.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range points {
			if d.Staff.Role != enroll.RoleClerk || p.Code == d.Staff.Point {
				c.Points = append(c.Points, p)
			}
		}
		list[i] = c
	}
	return list, nil
}
