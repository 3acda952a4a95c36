// Package enroll holds the words and rules of the business: who may register
// (新生注册), in which steps, what it costs and which number comes out of it.
// It does no I/O and imports the standard library only; every other room of
// the house speaks its language.
package enroll

import (
	"errors"
	"fmt"
)

// Code is the class of an error; handler maps each to one HTTP status.
type Code string

// The ten classes of errors; what a person did wrong, what the state forbids
// and what somebody else failed at never share a class.
const (
	Invalid         Code = "invalid"
	Unauthenticated Code = "unauthenticated"
	Forbidden       Code = "forbidden"
	NotFound        Code = "not_found"
	Conflict        Code = "conflict"
	WrongState      Code = "wrong_state"
	TooMany         Code = "too_many"
	Declined        Code = "declined"
	Upstream        Code = "upstream"
	Internal        Code = "internal"
)

// Error tells a person what is wrong: a stable machine reason, whose Chinese
// sentence stands in reason.go, and the field at fault where there is one.
type Error struct {
	Code   Code
	Reason Reason
	Field  string
	// Args fill the %s and %d of the reason's sentence, in order.
	Args []any
	// Data goes to the page beside the sentence, for example the newer version of a draft.
	Data map[string]any
	Err  error
}

// Error renders the reason and its cause for the log; the page shows Message.
func (e *Error) Error() string {
	s := string(e.Code) + ": " + string(e.Reason)
	if e.Field != "" {
		s += " (" + e.Field + ")"
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is lets errors.Is(err, enroll.Fail(reason)) find an error by its reason.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Reason == e.Reason
}

// Message is the Chinese sentence that the person sees.
func (e *Error) Message() string {
	s := e.Reason.Text()
	if len(e.Args) > 0 {
		s = fmt.Sprintf(s, e.Args...)
	}
	return s
}

// Fail makes the error of a reason; its class stands with the reason.
func Fail(r Reason, args ...any) *Error {
	return &Error{Code: r.Code(), Reason: r, Args: args}
}

// FailField makes the error of a reason at one field of a form.
func FailField(field string, r Reason, args ...any) *Error {
	return &Error{Code: r.Code(), Reason: r, Field: field, Args: args}
}

// Because keeps the cause of an error for the log.
func (e *Error) Because(err error) *Error {
	e.Err = err
	return e
}

// With adds data that the page shows beside the sentence.
func (e *Error) With(key string, value any) *Error {
	if e.Data == nil {
		e.Data = map[string]any{}
	}
	e.Data[key] = value
	return e
}

// ReasonOf gives the reason of an error, or "" where it is none of ours.
func ReasonOf(err error) Reason {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

// CodeOf gives the class of an error; what is none of ours is internal.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
