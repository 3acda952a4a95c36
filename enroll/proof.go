package enroll

import (
	"regexp"
	"strings"
	"time"
)

// ProofKind is one of the papers that prove earlier studies (学历证明, manual 一.2).
type ProofKind struct {
	Code string
	Text string
	// CodeLabel names the number that the paper carries.
	CodeLabel string
	// Expires says that the paper names the last day on which it can be checked online.
	Expires bool
	number  *regexp.Regexp
}

// ProofKinds lists the three papers; the codes are those under which their issuers let them be checked.
var ProofKinds = []ProofKind{
	{"register_form", "教育部学历证书电子注册备案表", "在线验证码", true, regexp.MustCompile(`^([0-9]{12}|[0-9A-Z]{16})$`)},
	{"verification_report", "中国高等教育学历认证报告", "报告编号", false, regexp.MustCompile(`^[0-9A-Z]{6,30}$`)},
	{"foreign_degree", "国（境）外学历学位认证书", "认证书编号", false, regexp.MustCompile(`^[\p{Han}0-9A-Z()〔〕\[\]-]{4,40}$`)},
}

// Proof is what the uploaded proof carries (学历证明信息).
type Proof struct {
	Kind       string `json:"kind"`
	Code       string `json:"code"`
	ValidUntil string `json:"valid_until"`
}

// FindProofKind finds a kind of proof by code.
func FindProofKind(code string) (ProofKind, bool) {
	for _, k := range ProofKinds {
		if k.Code == code {
			return k, true
		}
	}
	return ProofKind{}, false
}

// Clean brings the code into the form in which it is kept: half width, no spaces, capitals.
func (p Proof) Clean() Proof {
	p.Code = strings.ToUpper(strip(HalfWidth(p.Code)))
	if k, ok := FindProofKind(p.Kind); !ok || !k.Expires {
		p.ValidUntil = ""
	}
	return p
}

// Problems lists what is missing or wrong in a proof on the given day.
func (p Proof) Problems(now time.Time) []Problem {
	kind, ok := FindProofKind(p.Kind)
	if !ok {
		return []Problem{{Field: "proof.kind", Reason: "field_required"}}
	}
	var problems []Problem
	switch {
	case p.Code == "":
		problems = append(problems, Problem{Field: "proof.code", Reason: "field_required"})
	case !kind.number.MatchString(p.Code) && kind.Expires:
		problems = append(problems, Problem{Field: "proof.code", Reason: "proof_code_invalid"})
	case !kind.number.MatchString(p.Code):
		problems = append(problems, Problem{Field: "proof.code", Reason: "proof_number_invalid"})
	}
	if reason := p.validity(kind, now); reason != "" {
		problems = append(problems, Problem{Field: "proof.valid_until", Reason: reason})
	}
	return problems
}

func (p Proof) validity(kind ProofKind, now time.Time) Reason {
	if !kind.Expires {
		return ""
	}
	if p.ValidUntil == "" {
		return "field_required"
	}
	day, err := time.ParseInLocation("2006-01-02", p.ValidUntil, Shanghai)
	switch {
	case err != nil || day.After(now.AddDate(2, 0, 0)):
		return "date_out_of_range"
	case day.Before(DayStart(now)):
		return "proof_expired"
	}
	return ""
}
