package service

import (
	"cmp"
	"context"

	"xinsheng/enroll"
)

// compareSources sets roster, form and document side by side for a reviewer;
// numbers are compared whole and shown masked. The document speaks by what the
// card reader made of it, else by its number.
func (s *Service) compareSources(ctx context.Context, v *Visit, card enroll.CardReading) ([]enroll.CompareRow, error) {
	answers, err := s.answers(ctx, v)
	if err != nil {
		return nil, err
	}
	r, number := v.Registration, v.Student.IDNumber
	politics := r.Politics
	if code := enroll.PoliticsCode(politics); code != "" {
		politics = enroll.Dictionaries()["politics"].Text(code)
	}
	rows := []enroll.CompareRow{
		enroll.Compare("姓名", r.Name, "", card.Name),
		compareNumbers(number, card.Number),
		enroll.Compare("性别", r.Sex, "", cmp.Or(card.Sex, number.Sex())),
		enroll.Compare("出生日期", r.BirthDate, "", cmp.Or(card.BirthDate, number.BirthDate())),
		enroll.Compare("民族", ethnicName(r.Ethnic), "", ethnicName(card.Ethnic)),
		enroll.Compare("政治面貌", politics, answers["政治面貌"], ""),
		enroll.Compare("邮政编码", r.Postcode, answers["邮政编码"], ""),
		comparePhones(r, v.Student),
	}
	if card.ValidFrom != "" {
		rows = append(rows, enroll.Compare("证件有效期", "", "", card.ValidFrom+" 至 "+cmp.Or(card.ValidUntil, "长期")))
	}
	return rows, nil
}

func compareNumbers(roster, card enroll.IDNumber) enroll.CompareRow {
	row := enroll.Compare("证件号码", roster.Raw(), "", card.Raw())
	row.Roster, row.Document = roster.String(), ""
	if card != "" {
		row.Document = card.String()
	}
	return row
}

// ethnicName is the whole word of an ethnic group, which cards and some rosters write short: 汉.
func ethnicName(text string) string {
	ethnics := enroll.Dictionaries()["ethnic"]
	if code := ethnics.Code(text); code != "" {
		return ethnics.Text(code)
	}
	return text
}

func comparePhones(r enroll.Registration, student enroll.Student) enroll.CompareRow {
	row := enroll.Compare("手机号码", r.RosterPhone.Raw(), student.Phone.Raw(), "")
	row.Roster, row.Form = maskedPhone(r.RosterPhone), maskedPhone(student.Phone)
	return row
}

func maskedPhone(p enroll.Phone) string {
	if p == "" {
		return ""
	}
	return p.String()
}

// answers are what the student wrote into the form, by label; nothing is suggested where nothing was saved.
func (s *Service) answers(ctx context.Context, v *Visit) (map[string]string, error) {
	form, err := s.filledForm(ctx, v)
	if err != nil {
		return nil, err
	}
	answers := map[string]string{}
	for _, section := range form {
		if section.Draft.Version == 0 {
			continue
		}
		for _, row := range section.Sheet() {
			answers[row.Label] = row.Value
		}
	}
	return answers, nil
}
