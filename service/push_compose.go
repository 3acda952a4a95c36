package service

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/wechat/oa"
)

// PushTemplate is one template of the account that a push may use.
type PushTemplate struct {
	ID       string
	Name     string
	Content  string
	Keywords []PushTemplateKeyword
}

// PushTemplateKeyword is one variable of a template with what WeChat takes for it.
type PushTemplateKeyword struct{ Keyword, Label, Type, Rule string }

// PushTemplates lists the account's templates for a carrier, fetched from WeChat.
func (s *Service) PushTemplates(ctx context.Context, carrier enroll.PushCarrier) ([]PushTemplate, error) {
	if !s.OA.Enabled() {
		return nil, enroll.Fail("push_no_account")
	}
	fetch := s.OA.Templates
	if carrier == enroll.PushSubscribe {
		fetch = s.OA.Notices
	}
	items, err := fetch(ctx)
	if err != nil {
		return nil, enroll.Fail("push_wechat").Because(err)
	}
	list := make([]PushTemplate, len(items))
	for i, t := range items {
		list[i] = PushTemplate{ID: t.ID, Name: t.Title, Content: t.Content, Keywords: templateKeywords(t.Keywords)}
	}
	return list, nil
}

// PushChoices are the points and programs that a push to an intake may select by.
type PushChoices struct {
	Points   []enroll.Point
	Programs []enroll.Program
}

// PushChoices lists the points and programs of an intake.
func (s *Service) PushChoices(ctx context.Context, intake enroll.Intake) (PushChoices, error) {
	programs, err := s.Store.Programs(ctx, intake.ID)
	if err != nil {
		return PushChoices{}, err
	}
	points, err := s.Store.Points(ctx, intake.ID)
	return PushChoices{Points: points, Programs: programs}, err
}

// PushSMS gives the words of an approved SMS template, and how many variables it has.
func (s *Service) PushSMS(ctx context.Context, template string) (words string, variables int, err error) {
	if words, err = s.smsWords(ctx, enroll.PushLetter{SMS: template}); err != nil {
		return "", 0, err
	}
	return words, len(smsVariable.FindAllString(words, -1)), nil
}

func templateKeywords(items []oa.Keyword) []PushTemplateKeyword {
	list := make([]PushTemplateKeyword, len(items))
	for i, k := range items {
		kind, _ := enroll.TypeOfKeyword(k.Name)
		list[i] = PushTemplateKeyword{Keyword: k.Name, Label: k.Label, Type: kind.Type, Rule: kind.Rule}
	}
	return list
}

// pushPlace is what a push's words and selection refer to in its intake.
type pushPlace struct {
	intake   enroll.Intake
	programs map[string]enroll.Program
	points   map[string]enroll.Point
}

func (s *Service) pushPlace(ctx context.Context, intake string) (pushPlace, error) {
	place := pushPlace{programs: map[string]enroll.Program{}, points: map[string]enroll.Point{}}
	var err error
	if place.intake, err = s.Store.Intake(ctx, intake); err != nil {
		return place, err
	}
	programs, err := s.Store.Programs(ctx, intake)
	if err != nil {
		return place, err
	}
	for _, p := range programs {
		place.programs[p.ID] = p
	}
	points, err := s.Store.Points(ctx, intake)
	for _, p := range points {
		place.points[p.ID] = p
	}
	return place, err
}

// ids finds the points and programs that a selection names by code and number.
func (p pushPlace) ids(c enroll.PushSelection) (store.PushPlaces, error) {
	var places store.PushPlaces
	for _, code := range c.Points {
		found := len(places.Points)
		for id, point := range p.points {
			if point.Code == code {
				places.Points = append(places.Points, id)
			}
		}
		if len(places.Points) == found {
			return places, enroll.FailField("points", "push_selection")
		}
	}
	for _, no := range c.Programs {
		found := len(places.Programs)
		for id, program := range p.programs {
			if program.No == no {
				places.Programs = append(places.Programs, id)
			}
		}
		if len(places.Programs) == found {
			return places, enroll.FailField("programs", "push_selection")
		}
	}
	return places, nil
}

// fields are the facts of one student that a notice may name (enroll.PushFields).
func (p pushPlace) fields(t store.PushTarget, occasion enroll.Occasion, now time.Time) map[string]string {
	r, ends := t.Registration, enroll.DeadlinesOf(p.intake, t.Registration)
	program := p.programs[r.Program]
	fields := map[string]string{
		"name": r.Name, "program": program.Name, "level": string(program.Level), "point": p.points[r.Point].Name, "exam_no": r.ExamNo,
		"number": t.Number, "status": r.Status.Name(), "amount": "", "deadline": lastMinute(ends.Submit), "pay_deadline": lastMinute(ends.Pay),
		"until": "", "school": p.intake.Settings.School, "intake": p.intake.Name, "contact": "", "time": enroll.Minute(now),
		"occasion": occasion.Name(),
	}
	if t.Bill.ID != "" {
		due := t.Bill.DueFen()
		fields["amount"] = fmt.Sprintf("%d.%02d元", due/100, due%100)
	}
	if !r.Until.IsZero() {
		fields["until"] = lastMinute(r.Until)
	}
	if phones := p.intake.Settings.Contacts.Phones; len(phones) > 0 {
		fields["contact"] = phones[0]
	}
	return fields
}

// lastMinute writes an end of time as WeChat's type time takes it: 23:59, not 24:00.
func lastMinute(end time.Time) string { return enroll.Minute(end.Add(-time.Minute)) }

// PushProblem is a value that WeChat or the SMS account would refuse, and whose it is.
type PushProblem struct {
	ExamNo, Name   string
	Keyword, Value string
	// Rule is what the value should look like, or what the student lacks.
	Rule string
}

func (p PushProblem) err() *enroll.Error {
	return enroll.Fail("push_value", p.ExamNo, p.Name, p.Keyword, p.Value, p.Rule)
}

// letterFor fills a letter with one student's facts; a problem says which value of
// what travels by the student's carrier does not fit, the first one.
func (s *Service) letterFor(l enroll.PushLetter, t store.PushTarget, carrier enroll.PushCarrier, fields map[string]string) (enroll.PushContent, *PushProblem) {
	content := enroll.PushContent{ExamNo: t.Registration.ExamNo, Name: t.Registration.Name, Values: map[string]string{}}
	var first *PushProblem
	problem := func(keyword, value, rule string) {
		if first == nil {
			first = &PushProblem{content.ExamNo, enroll.MaskName(content.Name), keyword, value, rule}
		}
	}
	for _, k := range l.Keywords {
		value, err := enroll.FillPush(k.Text, fields)
		content.Values[k.Keyword] = value
		switch {
		case carrier == enroll.PushSMS:
		case err != nil:
			problem(k.Keyword, k.Text, lacks(err))
		case !enroll.FitsKeyword(k.Keyword, value):
			kind, _ := enroll.TypeOfKeyword(k.Keyword)
			problem(k.Keyword, value, kind.Rule)
		}
	}
	for i, text := range l.Vars {
		value, err := enroll.FillPush(text, fields)
		variable := fmt.Sprintf("{%d}", i+1)
		content.Vars = append(content.Vars, value)
		switch {
		case carrier != enroll.PushSMS && !l.SMSFallback:
		case err != nil:
			problem(variable, text, lacks(err))
		case !s.fitsSMS(value):
			problem(variable, value, "短信变量的长度和字符限制")
		}
	}
	return content, first
}

func lacks(err error) string {
	var known *enroll.Error
	if errors.As(err, &known) {
		return known.Message()
	}
	return err.Error()
}

func (s *Service) fitsSMS(value string) bool {
	most := s.Config.Push.SMSVariable
	return value != "" && !strings.ContainsAny(value, "\r\n【】") && !strings.Contains(value, "://") && !strings.Contains(value, "www.") &&
		(most == 0 || utf8.RuneCountInString(value) <= most)
}
