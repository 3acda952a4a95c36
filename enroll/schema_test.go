package enroll

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// checks finds CHECK (column IN (…)) in the file of one table.
var checks = regexp.MustCompile(`CHECK \((\w+) IN \(([^)]*)\)\)`)

// storeOnly are lists that only rooms above enroll speak of.
var storeOnly = []string{"student_number.origin", "payment_fact.source"}

func TestSchemasHoldTheTables(t *testing.T) {
	want := map[string][]string{
		"registration.status":  names(Statuses, func(i int) string { return string(Statuses[i].Status) }),
		"registration.face":    names(FaceStates, func(i int) string { return string(FaceStates[i].State) }),
		"pay_order.status":     names(OrderStatuses, func(i int) string { return string(OrderStatuses[i].Status) }),
		"pay_order.channel":    {string(JSAPI), string(Native), string(H5)},
		"face_archive.state":   {string(FaceArchived), string(FaceApproved), string(FaceRejected)},
		"roster_import.state":  names(RosterStates, func(i int) string { return string(RosterStates[i].State) }),
		"roster_row.verdict":   names(RosterVerdicts, func(i int) string { return string(RosterVerdicts[i].Verdict) }),
		"application.kind":     names(ApplicationRules, func(i int) string { return string(ApplicationRules[i].Kind) }),
		"application.state":    names(ApplicationStates, func(i int) string { return string(ApplicationStates[i].State) }),
		"correction.kind":      names(CorrectionKinds, func(i int) string { return string(CorrectionKinds[i].Kind) }),
		"correction.state":     names(ApplicationStates, func(i int) string { return string(ApplicationStates[i].State) }),
		"staff.role":           names(Roles, func(i int) string { return string(Roles[i].Role) }),
		"job.state":            names(JobStates, func(i int) string { return string(JobStates[i].State) }),
		"push.state":           names(PushStates, func(i int) string { return string(PushStates[i].State) }),
		"push_recipient.state": names(RecipientStates, func(i int) string { return string(RecipientStates[i].State) }),
		"proof_check.result":   names(ProofResults, func(i int) string { return string(ProofResults[i].Result) }),
		"approval.state":       {string(ApprovalPending), string(ApprovalConfirmed), string(ApprovalRefused), string(ApprovalWithdrawn)},
		"gate.gate":            names(Gates, func(i int) string { return string(Gates[i].Gate) }),
		"trace.kind":           names(TraceRules, func(i int) string { return string(TraceRules[i].Kind) }),
		"outbox.state":         {OutboxWaiting, OutboxDone, OutboxDead, OutboxUnknown},
	}
	for _, dialect := range []string{"mysql", "sqlite"} {
		found := map[string][]string{}
		files, err := filepath.Glob("../sql/" + dialect + "/*.sql")
		if err != nil || len(files) == 0 {
			t.Fatalf("no migrations of %s: %v", dialect, err)
		}
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			table := strings.TrimSuffix(filepath.Base(file)[6:], ".sql")
			for _, m := range checks.FindAllStringSubmatch(string(body), -1) {
				found[table+"."+m[1]] = strings.Split(strings.ReplaceAll(m[2], "'", ""), ", ")
			}
		}
		for column, words := range want {
			slices.Sort(words)
			slices.Sort(found[column])
			if !slices.Equal(words, found[column]) {
				t.Errorf("%s %s: the schema has %v, enroll has %v", dialect, column, found[column], words)
			}
		}
		for column := range found {
			if _, ok := want[column]; !ok && !slices.Contains(storeOnly, column) {
				t.Errorf("%s %s is held by no table of enroll", dialect, column)
			}
		}
	}
}

func names[T any](list []T, name func(int) string) []string {
	words := make([]string, len(list))
	for i := range list {
		words[i] = name(i)
	}
	return words
}
