package enroll

import "testing"

// Where the student goes on, and that nobody pays before the teacher's yes.
func TestWayOfAHandedInForm(t *testing.T) {
	filled := Facts{
		Level: HighToBachelor, Prepared: true, ConsentGiven: true, ConsentAgreed: true, Verified: true,
		Identity: true, Basic: true, Family: true, Education: true, Attachments: true,
	}
	for status, want := range map[Status]struct {
		next string
		pay  StepState
	}{
		Open: {"/review", StepIsLocked}, Returned: {"/returned", StepIsLocked},
		Submitted: {"/review", StepIsLocked}, Payable: {"/pay", StepIsOpen}, Registered: {"/done", StepIsDone},
	} {
		filled.Status = status
		steps := Steps(filled)
		if next := NextRoute(steps, status); next != want.next {
			t.Errorf("%s goes on at %s, want %s", status, next, want.next)
		}
		for _, step := range steps {
			if step.Key == StepPay && step.State != want.pay {
				t.Errorf("%s: paying is %s, want %s", status, step.State, want.pay)
			}
		}
	}
}
