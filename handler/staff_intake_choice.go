package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type fieldChoiceView struct {
	Path    string            `json:"path"`
	Label   string            `json:"label"`
	Section enroll.SectionKey `json:"section"`
	Usual   enroll.Presence   `json:"usual"`
	Levels  []enroll.Level    `json:"levels"`
	Depth   int               `json:"depth"`
}

type messageRuleView struct {
	Event       string `json:"event"`
	Name        string `json:"name"`
	AlsoSMS     bool   `json:"also_sms"`
	Undelivered bool   `json:"undelivered"`
}

type reviewRuleView struct {
	Kind  enroll.ReviewKind `json:"kind"`
	Name  string            `json:"name"`
	Days  int               `json:"days"`
	First bool              `json:"first"`
}

type dictionaryView struct {
	Name  string            `json:"name"`
	Title string            `json:"title"`
	Free  bool              `json:"free"`
	Usual enroll.Dictionary `json:"usual"`
}

// choicesView is what can be chosen on the pages of an intake's settings; it is the same for all intakes.
type choicesView struct {
	Levels       []enroll.Level        `json:"levels"`
	Forms        []string              `json:"forms"`
	Sections     []nameView            `json:"sections"`
	Fields       []fieldChoiceView     `json:"fields"`
	Messages     []messageRuleView     `json:"messages"`
	Words        []nameView            `json:"words"`
	Reviews      []reviewRuleView      `json:"reviews"`
	Reasons      []enroll.ReviewReason `json:"reasons"`
	Items        []nameView            `json:"items"`
	Reserve      []enroll.ReserveRule  `json:"reserve"`
	Dictionaries []dictionaryView      `json:"dictionaries"`
}

func (h *Handler) intakeChoices(*gin.Context, *service.Duty) (any, error) {
	view := choicesView{
		Levels: enroll.Levels, Forms: enroll.StudyForms, Sections: []nameView{}, Reasons: enroll.ReviewReasons, Items: []nameView{}, Reserve: enroll.ReserveRules(enroll.Settings{}),
	}
	for _, s := range enroll.Form(enroll.Applicant{}) {
		view.Sections = append(view.Sections, nameView{string(s.Key), s.Title})
	}
	for _, f := range enroll.FieldChoices() {
		view.Fields = append(view.Fields, fieldChoiceView{f.Path, f.Label, f.Section, f.Usual, append([]enroll.Level{}, f.Levels...), f.Depth})
	}
	for _, m := range enroll.MessageRules {
		view.Messages = append(view.Messages, messageRuleView{m.Event, m.Name, m.AlsoSMS, m.Undelivered})
	}
	for _, f := range enroll.MessageFields {
		view.Words = append(view.Words, nameView{f.Key, f.Name})
	}
	for _, r := range enroll.ReviewRules {
		view.Reviews = append(view.Reviews, reviewRuleView{r.Kind, r.Name, r.Days, r.First})
	}
	for _, i := range enroll.ReturnTargets {
		view.Items = append(view.Items, nameView{i.Item, i.Title})
	}
	usual := enroll.Dictionaries()
	for _, d := range enroll.CollegeDictionaries {
		view.Dictionaries = append(view.Dictionaries, dictionaryView{d.Name, d.Title, d.Free, append(enroll.Dictionary{}, usual[d.Name]...)})
	}
	return view, nil
}

type templateView struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Content  string         `json:"content"`
	Keywords []templateWord `json:"keywords"`
}

type templateWord struct {
	Keyword string `json:"keyword"`
	Label   string `json:"label"`
	Rule    string `json:"rule"`
}

// messageTemplates lists the templates of the account, for the messages of an intake.
func (h *Handler) messageTemplates(c *gin.Context, _ *service.Duty) (any, error) {
	list, err := h.svc.PushTemplates(c.Request.Context(), enroll.PushTemplate)
	if err != nil {
		return nil, err
	}
	views := make([]templateView, len(list))
	for i, t := range list {
		views[i] = templateView{t.ID, t.Name, t.Content, []templateWord{}}
		for _, k := range t.Keywords {
			views[i].Keywords = append(views[i].Keywords, templateWord{k.Keyword, k.Label, k.Rule})
		}
	}
	return gin.H{"templates": views}, nil
}
