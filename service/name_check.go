package service

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"xinsheng/enroll"
	"xinsheng/store"
)

// nameCheckLife is how long a proven code lets its holder ask for a name check
// after the name did not fit: time enough to take a picture of a document.
const nameCheckLife = 30 * time.Minute

// openNameChecks is how many name checks of different phones wait for one registration at a time.
const openNameChecks = 3

// unnamed is who proved a code and did not know the name; KV keeps it sealed.
type unnamed struct {
	caller
	Name   string `json:"name"`
	OpenID string `json:"openid"`
}

// NameCheck is what the page of a name check shows (姓名核对申请).
type NameCheck struct {
	Name  string
	Phone enroll.Phone
	Paper enroll.AttachmentKind
	// Filed is the request that waits or was decided last, or nil.
	Filed *enroll.Correction
}

func nameCheckKey(challenge string) string { return "name_check:" + challenge }

// rememberUnnamed lets who proved a code, but not the name, ask for a name
// check with this challenge. Nobody gets here without the code, so that names cannot be guessed.
func (s *Service) rememberUnnamed(ctx context.Context, who caller, name string, q LoginRequest) error {
	body, err := json.Marshal(unnamed{who, name, q.OpenID})
	if err != nil {
		return err
	}
	sealed := s.Store.Keys().Seal("kv", "name_check", q.Challenge, body)
	return s.KV.Set(ctx, nameCheckKey(q.Challenge), sealed, nameCheckLife).Err()
}

// unnamedOf finds who proved the code of a challenge; name_check_expired when that is too long ago.
func (s *Service) unnamedOf(ctx context.Context, challenge string) (u unnamed, m matter, err error) {
	sealed, err := s.KV.Get(ctx, nameCheckKey(challenge)).Bytes()
	if challenge == "" || errors.Is(err, redis.Nil) {
		return u, m, enroll.Fail("name_check_expired")
	}
	if err != nil {
		return u, m, err
	}
	body, err := s.Store.Keys().Open("kv", "name_check", challenge, sealed)
	if err != nil {
		return u, m, err
	}
	if err := json.Unmarshal(body, &u); err != nil {
		return u, m, err
	}
	student, err := s.Store.StudentByDocument(ctx, u.IDType, u.IDNumber)
	if err != nil {
		return u, m, err
	}
	all, err := s.matters(ctx, student.ID)
	if err != nil {
		return u, m, err
	}
	open := enterable(all, s.Now())
	if len(open) == 0 {
		return u, m, windowError(all[0], s.Now())
	}
	return u, open[0], nil
}

// NameCheck gives the page of a name check to who proved a code and could not log in by name.
func (s *Service) NameCheck(ctx context.Context, challenge string) (n NameCheck, err error) {
	u, m, err := s.unnamedOf(ctx, challenge)
	if err != nil {
		return n, err
	}
	n = NameCheck{Name: u.Name, Phone: u.Phone, Paper: enroll.NameCheckPaper(m.intake.Settings)}
	filed, err := s.nameChecks(ctx, m.registration.ID)
	for i := range filed {
		if filed[i].Phone == u.Phone && n.Filed == nil {
			n.Filed = &filed[i]
		}
	}
	return n, err
}

// nameChecks lists the name checks of a registration, the newest first.
func (s *Service) nameChecks(ctx context.Context, registration string) ([]enroll.Correction, error) {
	all, err := s.Store.Corrections(ctx, registration)
	var checks []enroll.Correction
	for _, c := range all {
		if c.Kind == enroll.CorrectName {
			checks = append(checks, c)
		}
	}
	return checks, err
}

// FileNameCheck asks the college to look at a name that did not fit, with a
// picture of the document; the answer goes by SMS to the phone that proved the code.
func (s *Service) FileNameCheck(ctx context.Context, challenge, typed string, picture []byte) error {
	u, m, err := s.unnamedOf(ctx, challenge)
	if err != nil {
		return err
	}
	name, err := enroll.ParseName(typed)
	if err != nil {
		return err
	}
	filed, err := s.nameChecks(ctx, m.registration.ID)
	if err != nil {
		return err
	}
	waiting := 0
	for _, c := range filed {
		if c.State == enroll.ApplicationPending {
			waiting++
		}
	}
	if waiting >= openNameChecks {
		return enroll.Fail("too_many")
	}
	r := m.registration
	c := enroll.Correction{
		ID: s.Store.NewID(), Registration: r.ID, Kind: enroll.CorrectName, Field: "name", State: enroll.ApplicationPending,
		From: r.Name, FromText: r.Name, To: name, ToText: name, Phone: u.Phone, OpenID: u.OpenID, At: s.Now(),
	}
	if err := s.keepPicture(ctx, &c, enroll.NameCheckPaper(m.intake.Settings), picture); err != nil {
		return err
	}
	return s.addCorrection(ctx, c, enroll.RegistrationEvent{Event: eventNameCheckFiled, From: r.Status, To: r.Status, By: enroll.ByStudent})
}

// notePair shows the registrar a name that filled a gap of the roster's: once
// for each pair, on the timeline and in the queue, while its owner goes on.
func (s *Service) notePair(ctx context.Context, tx *store.Store, r enroll.Registration, typed string, login enroll.Login) error {
	if enroll.MatchName(typed, r.Name) != enroll.NameFills {
		return nil
	}
	known, err := tx.Corrections(ctx, r.ID)
	if err != nil {
		return err
	}
	for _, c := range known {
		if c.Kind == enroll.CorrectPair && (c.State == enroll.ApplicationPending || c.To == typed) {
			return nil
		}
	}
	c := enroll.Correction{
		ID: tx.NewID(), Registration: r.ID, Kind: enroll.CorrectPair, Field: "name", State: enroll.ApplicationPending,
		From: r.Name, FromText: r.Name, To: typed, ToText: typed, Phone: login.Phone, OpenID: login.OpenID, Login: login.ID, At: s.Now(),
	}
	if err := tx.AddCorrection(ctx, c); err != nil {
		return err
	}
	return tx.AddEvent(ctx, enroll.RegistrationEvent{
		Registration: r.ID, At: c.At, Event: eventNamePair, From: r.Status, To: r.Status, By: enroll.ByStudent, ByID: login.ID, Reason: r.Name + " / " + typed,
	})
}

// legalName is the name by which the face service is asked: the roster's, or
// the one with which its owner filled the roster's gap.
func (s *Service) legalName(ctx context.Context, r enroll.Registration) (string, error) {
	list, err := s.Store.Corrections(ctx, r.ID)
	for _, c := range list {
		if c.Kind == enroll.CorrectPair && c.State == enroll.ApplicationPending {
			return c.To, err
		}
	}
	return r.Name, err
}
