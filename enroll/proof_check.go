package enroll

import (
	"slices"
	"time"
)

// ProofResult is what checking a proof of earlier studies with its issuer said (核验结果).
type ProofResult string

// The results of a check.
const (
	ProofGenuine   ProofResult = "genuine"
	ProofMismatch  ProofResult = "mismatch"
	ProofNotFound  ProofResult = "not_found"
	ProofOutOfDate ProofResult = "out_of_date"
)

// ProofResults lists the results with their Chinese names.
var ProofResults = []struct {
	Result ProofResult
	Name   string
}{
	{ProofGenuine, "核验一致"}, {ProofMismatch, "信息不一致"}, {ProofNotFound, "查无此证"}, {ProofOutOfDate, "已过有效期"},
}

// Name is the Chinese word of a result.
func (r ProofResult) Name() string {
	i := slices.IndexFunc(ProofResults, func(row struct {
		Result ProofResult
		Name   string
	}) bool {
		return row.Result == r
	})
	if i < 0 {
		return ""
	}
	return ProofResults[i].Name
}

// ProofCheck is one check of a proof with its issuer: what it said, who asked and when.
type ProofCheck struct {
	ID           string
	Registration string
	// SavedAt names the version of the proof that was checked, SubmittedAt the handing in that it came with.
	SavedAt     time.Time
	SubmittedAt time.Time
	Result      ProofResult
	Note        string
	// Evidence is the attachment that shows the issuer's page, or "".
	Evidence string
	By       string
	At       time.Time
}

// ProofEvidence is the kind of attachment that shows what the issuer's page said; students never see it.
const ProofEvidence = "proof_check"

// ProofSites are where each kind of proof is checked online.
var ProofSites = map[string]string{
	"register_form":       "https://www.chsi.com.cn/xlcx/bgcx.jsp",
	"verification_report": "https://www.chsi.com.cn/xlcx/bgcx.jsp",
	"foreign_degree":      "https://zwfw.cscse.edu.cn/",
}

// ProofWarnDays is how long before its end a proof is called expiring.
const ProofWarnDays = 14

// Expiry says whether a proof that names its last day has ended or ends soon: expired, soon or "".
func (p Proof) Expiry(now time.Time) string {
	day, err := time.ParseInLocation("2006-01-02", p.ValidUntil, Shanghai)
	switch {
	case err != nil:
		return ""
	case day.Before(DayStart(now)):
		return "expired"
	case day.Before(DayStart(now).AddDate(0, 0, ProofWarnDays)):
		return "soon"
	}
	return ""
}

// EndsBefore says that a proof cannot be checked any more when its check is due; its last day counts to 24:00.
func (p Proof) EndsBefore(due time.Time) bool {
	day, err := time.ParseInLocation("2006-01-02", p.ValidUntil, Shanghai)
	return err == nil && day.AddDate(0, 0, 1).Before(due)
}

// proofAbroad is the proof of studies at a school abroad.
const proofAbroad = "foreign_degree"

// PlaceWarning says that the kind of proof does not fit the place of the school.
func (p Proof) PlaceWarning(abroad bool) []Problem {
	switch {
	case p.Kind == "" || abroad == (p.Kind == proofAbroad):
		return nil
	case abroad:
		return []Problem{{Field: "proof.kind", Reason: "proof_kind_abroad"}}
	}
	return []Problem{{Field: "proof.kind", Reason: "proof_kind_home"}}
}
