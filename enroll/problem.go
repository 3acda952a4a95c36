package enroll

// Problem is one thing of a form that is missing or wrong: where, and why.
type Problem struct {
	Field  string
	Reason Reason
	Args   []any
}

// Message is the Chinese sentence that stands at the field.
func (p Problem) Message() string { return FailField(p.Field, p.Reason, p.Args...).Message() }
