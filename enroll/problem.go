package enroll

import "encoding/json"

// Problem is one thing of a form that is missing or wrong: where, and why.
type Problem struct {
	Field  string
	Reason Reason
	Args   []any
}

// Message is the Chinese sentence that stands at the field.
func (p Problem) Message() string { return FailField(p.Field, p.Reason, p.Args...).Message() }

// MarshalJSON writes what the page shows: field, reason and message.
func (p Problem) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"field": p.Field, "reason": string(p.Reason), "message": p.Message()})
}

// Incomplete is the error of a form that cannot go on, with all its problems at once.
func Incomplete(problems []Problem) *Error {
	return Fail("form_incomplete").With("problems", problems)
}
