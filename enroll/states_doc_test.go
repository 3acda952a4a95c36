package enroll

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

const statesFile = "../docs/states.md"

// TestStatesDocument holds docs/states.md to the tables; go test ./enroll -run StatesDocument -update writes it.
func TestStatesDocument(t *testing.T) {
	want := statesDocument()
	if *update {
		if err := os.WriteFile(statesFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(statesFile)
	if err != nil || string(got) != want {
		t.Errorf("docs/states.md is not what the tables say (%v): go test ./enroll -run StatesDocument -update", err)
	}
}

var actorNames = map[Actor]string{
	ByStudent: "student", ByRegistrar: "registrar", ByTwo: "registrar and a second person", ByRoster: "roster import", BySystem: "system",
}

func statesDocument() string {
	var b strings.Builder
	b.WriteString("# States\n\nWritten by a test from the tables in `enroll/status.go` and `enroll/order.go`: `go test ./enroll -run StatesDocument -update`.\n\n")
	b.WriteString("## Statuses of a registration\n\n| status | 中文 | final |\n|---|---|---|\n")
	for _, s := range Statuses {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", s.Status, s.Name, yes(s.Status.Final()))
	}
	b.WriteString("\n## The way of most students\n\nWhat money, lapse and cancel do in every status stands in the table only.\n\n```mermaid\nstateDiagram-v2\n")
	for _, row := range Transitions {
		switch {
		case row.Event == EventCancel, row.Event == EventLapse, row.Event == EventSettle && row.From == row.To:
			continue
		case row.From == None:
			fmt.Fprintf(&b, "  [*] --> %s: %s\n", row.To, row.Event)
		case row.To == Earlier:
			fmt.Fprintf(&b, "  %s --> earlier: %s\n", row.From, row.Event)
		default:
			fmt.Fprintf(&b, "  %s --> %s: %s\n", row.From, row.To, row.Event)
		}
		if row.Completes && row.To != Registered {
			fmt.Fprintf(&b, "  %s --> %s: %s, complete\n", row.From, Registered, row.Event)
		}
	}
	for _, s := range Statuses {
		fmt.Fprintf(&b, "  %s: %s %s\n", s.Status, s.Status, s.Name)
	}
	b.WriteString("  earlier: the status stored before\n```\n\n")
	b.WriteString("## Transitions of a registration\n\n*complete?* lands in `registered` instead when form, approval and money are complete.\n\n| from | event | to | by |\n|---|---|---|---|\n")
	for _, row := range Transitions {
		from, to := string(row.From), string(row.To)
		if row.From == None {
			from = "–"
		}
		if row.Completes && row.To != Registered {
			to += " · complete?"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", from, row.Event, to, actorNames[row.By])
	}
	b.WriteString("\n## Orders\n\n```mermaid\nstateDiagram-v2\n")
	for _, row := range OrderTransitions {
		from := string(row.From)
		if from == "" {
			from = "[*]"
		}
		fmt.Fprintf(&b, "  %s --> %s\n", from, row.To)
	}
	for _, s := range OrderStatuses {
		fmt.Fprintf(&b, "  %s: %s %s\n", s.Status, s.Status, s.Name)
	}
	b.WriteString("```\n")
	return b.String()
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}
