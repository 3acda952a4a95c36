package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// controlAction is one route under /_sandbox/; it gets the world and the JSON body.
type controlAction func(w *World, r *http.Request, body []byte) (any, error)

// controls are all routes; each takes ?world=<appid>, the default world without it.
func controls() map[string]controlAction {
	return map[string]controlAction{
		"GET inspect":       (*World).inspect,
		"GET credentials":   func(w *World, _ *http.Request, _ []byte) (any, error) { return w.Credentials(), nil },
		"GET fault":         func(w *World, _ *http.Request, _ []byte) (any, error) { return w.Faults(), nil },
		"POST fault":        (*World).controlFault,
		"DELETE fault":      (*World).controlNoFault,
		"POST advance":      (*World).controlAdvance,
		"POST reset":        (*World).controlReset,
		"POST outcome":      (*World).controlOutcome,
		"POST user":         (*World).controlUser,
		"POST say":          (*World).controlSay,
		"POST menu":         (*World).controlMenu,
		"POST revoke":       (*World).controlRevoke,
		"POST account":      (*World).controlAccount,
		"POST pay":          (*World).controlPay,
		"POST cancel":       (*World).controlCancel,
		"POST state":        (*World).controlState,
		"GET notices":       func(w *World, _ *http.Request, _ []byte) (any, error) { return w.Notices(), nil },
		"POST notices":      (*World).controlNotices,
		"POST events":       (*World).controlEvents,
		"POST verify":       (*World).controlVerify,
		"POST crowd":        (*World).controlCrowd,
		"POST agree":        (*World).controlAgree,
		"GET authenticator": func(w *World, _ *http.Request, _ []byte) (any, error) { return w.enrolled(), nil },
		"GET tally":         func(w *World, _ *http.Request, _ []byte) (any, error) { return w.Tally(), nil },
	}
}

// serveControl answers /_sandbox/<route> in JSON; mistakes are 400 with {"error"}.
func (s *Sandbox) serveControl(rw http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/_sandbox/")
	if r.Method == http.MethodPost && name == "world" {
		writeReply(rw, jsonReply(http.StatusOK, s.NewWorld()))
		return
	}
	action, ok := controls()[r.Method+" "+name]
	w := s.World(r.URL.Query().Get("world"))
	if !ok || w == nil {
		writeReply(rw, jsonReply(http.StatusNotFound, map[string]string{"error": "no such route or world"}))
		return
	}
	var body json.RawMessage
	if r.Method == http.MethodPost && r.ContentLength != 0 {
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			writeReply(rw, jsonReply(http.StatusBadRequest, map[string]string{"error": err.Error()}))
			return
		}
	}
	answer, err := action(w, r, body)
	if err != nil {
		writeReply(rw, jsonReply(http.StatusBadRequest, map[string]string{"error": err.Error()}))
		return
	}
	if answer == nil {
		answer = map[string]bool{"ok": true}
	}
	writeReply(rw, jsonReply(http.StatusOK, answer))
}

// strict reads a control's body; unknown fields are mistakes of the caller.
func strict(body []byte, into any) error {
	if len(body) == 0 {
		return nil
	}
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// inspect shows the world as it is, without its secrets.
func (w *World) inspect(*http.Request, []byte) (any, error) {
	orders, notices, pushes, faults := w.Orders(), w.Notices(), w.Pushes(), w.Faults()
	menu, calls, texts := w.Menu(), w.Calls(), w.SMSList("")
	w.mu.Lock()
	defer w.mu.Unlock()
	users := make([]User, len(w.data.Users))
	for i, u := range w.data.Users {
		users[i] = *u
		users[i].Chat = append([]Message(nil), u.Chat...)
	}
	return map[string]any{
		"AppID": w.credentials.AppID, "MchID": w.credentials.MchID, "Site": w.data.Site, "Now": w.now(),
		"Seq": w.data.Seq, "Users": users, "SMS": texts, "Menu": menu, "Orders": orders, "Notices": notices,
		"Pushes": pushes, "Faults": faults, "Calls": calls, "Outcomes": copyOf(w.data.Outcomes),
	}, nil
}

func copyOf[K comparable, V any](m map[K]V) map[K]V {
	out := make(map[K]V, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

func (w *World) controlFault(_ *http.Request, body []byte) (any, error) {
	var f Fault
	if err := strict(body, &f); err != nil {
		return nil, err
	}
	id, err := w.AddFault(f)
	return map[string]int{"id": id}, err
}

func (w *World) controlNoFault(r *http.Request, _ []byte) (any, error) {
	var id int
	if text := r.URL.Query().Get("id"); text != "" {
		if _, err := fmt.Sscan(text, &id); err != nil {
			return nil, err
		}
	}
	w.RemoveFault(id)
	return nil, nil
}

// controlAdvance moves the clock by seconds, and sets the skew of signatures where skew_seconds is given.
func (w *World) controlAdvance(_ *http.Request, body []byte) (any, error) {
	var q struct {
		Seconds     int64  `json:"seconds"`
		SkewSeconds *int64 `json:"skew_seconds"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	w.Advance(time.Duration(q.Seconds) * time.Second)
	if q.SkewSeconds != nil {
		w.SetSkew(time.Duration(*q.SkewSeconds) * time.Second)
	}
	return nil, nil
}

func (w *World) controlReset(*http.Request, []byte) (any, error) {
	w.Reset()
	return nil, nil
}

// controlOutcome sets a face outcome by document number, or by a demo person's id.
func (w *World) controlOutcome(_ *http.Request, body []byte) (any, error) {
	var q struct {
		IDNumber string      `json:"id_number"`
		Person   string      `json:"person"`
		Outcome  FaceOutcome `json:"outcome"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	for _, p := range w.People() {
		if q.IDNumber == "" && p.ID == q.Person {
			q.IDNumber = p.IDNumber
		}
	}
	if q.IDNumber == "" {
		return nil, errors.New("id_number or person is needed")
	}
	return nil, w.SetOutcome(q.IDNumber, q.Outcome)
}
