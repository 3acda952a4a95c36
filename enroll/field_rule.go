package enroll

import (
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"time"
)

func nameRule(_ Applicant, _ Content, value string) *Problem {
	if _, err := ParseName(value); err != nil {
		return &Problem{Reason: ReasonOf(err)}
	}
	return nil
}

// landline takes a fixed number with its area code, and a number of another country.
var landline = regexp.MustCompile(`^(0[0-9]{2,3}-?[2-9][0-9]{6,7}(-[0-9]{1,6})?|\+[1-9][0-9]{6,14})$`)

func telRule(_ Applicant, _ Content, value string) *Problem {
	if _, err := ParsePhone(value); err != nil && !landline.MatchString(value) {
		return &Problem{Reason: "tel_invalid"}
	}
	return nil
}

func emergencyPhoneRule(a Applicant, c Content, value string) *Problem {
	if p := telRule(a, c, value); p != nil {
		return p
	}
	if value == a.Phone.Raw() || value == a.Student.Phone.Raw() {
		return &Problem{Reason: "phone_same_as_own"}
	}
	return nil
}

func emailRule(_ Applicant, _ Content, value string) *Problem {
	address, err := mail.ParseAddress(value)
	if err != nil || address.Address != value || !strings.Contains(value[strings.LastIndexByte(value, '@')+1:], ".") {
		return &Problem{Reason: "email_invalid"}
	}
	return nil
}

var postcode = regexp.MustCompile(`^[0-9]{6}$`)

func postcodeRule(_ Applicant, c Content, value string) *Problem {
	if postcodeWaived(c) {
		return nil
	}
	if !postcode.MatchString(value) || value == "000000" {
		return &Problem{Reason: "postcode_invalid"}
	}
	return nil
}

// postcodeWaived leaves the postcode free for addresses in Hong Kong, Macao, Taiwan and abroad.
func postcodeWaived(c Content) bool { return outsideMainland(c.Area("address")) }

// Certificates of schools abroad are numbered in any way, and some carry the
// number of their recognition instead.
var (
	certificate       = regexp.MustCompile(`^[0-9A-Z]{5,30}$`)
	certificateAbroad = regexp.MustCompile(`^[\p{Han}\p{Latin}0-9()\[\]〔〕/.#_-]{5,30}$`)
)

func certificateRule(_ Applicant, c Content, value string) *Problem {
	if c.Ticked("school_abroad") && certificateAbroad.MatchString(value) {
		return nil
	}
	if !certificate.MatchString(value) {
		return &Problem{Reason: "certificate_invalid"}
	}
	return nil
}

func yearRule(from, to int) func(Applicant, Content, string) *Problem {
	return func(_ Applicant, _ Content, value string) *Problem {
		year, err := strconv.Atoi(value)
		if err != nil || len(value) != 4 || year < from || year > to {
			return &Problem{Reason: "year_out_of_range", Args: []any{from, to}}
		}
		return nil
	}
}

func monthOf(value string) (time.Time, bool) {
	t, err := time.ParseInLocation("2006-01", value, Shanghai)
	return t, err == nil && t.Year() >= firstYear
}

func pastMonthRule(a Applicant, _ Content, value string) *Problem {
	month, ok := monthOf(value)
	if !ok || month.After(a.Now) {
		return &Problem{Reason: "date_out_of_range"}
	}
	return nil
}

// periodRule asks only that a period of the résumé does not end before it begins; gaps and overlaps are life.
func periodRule(a Applicant, c Content, value string) *Problem {
	if p := pastMonthRule(a, c, value); p != nil {
		return p
	}
	if value < c.Text("from") {
		return &Problem{Reason: "period_reversed"}
	}
	return nil
}

// entryMonth is the month in which the new students of a grade enter (春季入学).
const entryMonth = time.March

// beforeEntryRule asks that who graduates in the year of entry has graduated before it (专升本).
func beforeEntryRule(a Applicant, _ Content, value string) *Problem {
	month, ok := monthOf(value)
	entry := time.Date(a.Registration.Grade, entryMonth, 1, 0, 0, 0, 0, Shanghai)
	if !ok || !month.Before(entry) || month.Year() != entry.Year() {
		return &Problem{Reason: "date_out_of_range"}
	}
	return nil
}
