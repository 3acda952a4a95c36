package service

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
	"golang.org/x/text/unicode/norm"

	"xinsheng/enroll"
	"xinsheng/store"
)

// LoginRequest is what proves a student at the door; document and phone are those of the challenge.
type LoginRequest struct {
	Challenge, Name, Code   string
	OpenID, Address, Device string
	// DeviceID tells one browser from another over logins; empty where it keeps nothing.
	DeviceID string
	// desk says that the challenge is a code that staff gave.
	desk bool
}

var sixDigits = regexp.MustCompile(`^[0-9]{6}$`)

// Login lets a student in (登录) with a proven code and the roster's name, and
// gives the visit of the new entry. The name is looked at after the code only;
// a wrong one may be mended with the same code until the tries are used up.
func (s *Service) Login(ctx context.Context, q LoginRequest) (*Visit, error) {
	name, err := enroll.ParseName(norm.NFKC.String(q.Name))
	if err != nil {
		return nil, err
	}
	code := strings.TrimSpace(norm.NFKC.String(q.Code))
	if !sixDigits.MatchString(code) {
		return nil, enroll.FailField("code", "code_invalid")
	}
	who, err := s.challenged(ctx, q.Challenge)
	if err != nil {
		return nil, err
	}
	who.Address = q.Address
	if err := s.notLocked(ctx, who); err != nil {
		return nil, err
	}
	if err := s.proveCode(ctx, who, q.Challenge, code); err != nil {
		return nil, err
	}
	return s.enter(ctx, who, name, q)
}

// challenged reads who a challenge was made for; an unknown or old one is code_expired.
func (s *Service) challenged(ctx context.Context, id string) (caller, error) {
	expired := enroll.FailField("code", "code_expired")
	sealed, err := s.KV.HGet(ctx, challengeKey(id), "who").Bytes()
	if errors.Is(err, redis.Nil) {
		return caller{}, expired
	}
	if err != nil {
		return caller{}, err
	}
	body, err := s.Store.Keys().Open("kv", "challenge", id, sealed)
	if err != nil {
		return caller{}, err
	}
	var kept struct {
		caller
		Expires string `json:"expires"`
	}
	if err := json.Unmarshal(body, &kept); err != nil {
		return caller{}, err
	}
	if until, err := strconv.ParseInt(kept.Expires, 10, 64); err != nil || s.Now().UnixMilli() > until {
		return caller{}, expired
	}
	return kept.caller, nil
}

// tryCode counts a try and compares, in one step that no other request can come
// between: 0 right, 1 … the tries used when wrong, -1 gone or used up.
const tryCode = `
local code = redis.call('HGET', KEYS[1], 'code')
if not code then return -1 end
local tries = redis.call('HINCRBY', KEYS[1], 'tries', 1)
if tries > tonumber(ARGV[2]) then return -1 end
if code ~= ARGV[1] then return tries end
return 0`

func (s *Service) proveCode(ctx context.Context, who caller, challenge, code string) error {
	return s.proveDigest(ctx, who, challenge, s.digest(challenge, code))
}

func (s *Service) proveDigest(ctx context.Context, who caller, challenge, digest string) error {
	most := s.Config.Limits.CodeAttempts
	tries, err := redis.NewScript(tryCode).Run(ctx, s.KV, []string{challengeKey(challenge)}, digest, most).Int()
	switch {
	case err != nil:
		return err
	case tries == 0:
		return nil
	case tries < 0:
		return enroll.FailField("code", "code_expired")
	}
	if err := s.addLoginAttempt(ctx, s.Store, who, "code_wrong"); err != nil {
		return err
	}
	if tries >= most {
		return enroll.FailField("code", "code_expired")
	}
	return enroll.FailField("code", "code_wrong", most-tries)
}

func (s *Service) addLoginAttempt(ctx context.Context, st *store.Store, who caller, outcome string) error {
	return st.AddAttempt(ctx, store.Attempt{
		ID: st.NewID(), At: s.Now(), Kind: store.AttemptLogin, IDType: who.IDType, IDNumber: who.IDNumber,
		Phone: who.Phone, Address: network(who.Address), Outcome: outcome,
	})
}

// enter compares the name, uses the challenge up and keeps the entry; who
// proved the code but not the name may ask for a name check instead.
func (s *Service) enter(ctx context.Context, who caller, name string, q LoginRequest) (*Visit, error) {
	student, err := s.Store.StudentByDocument(ctx, who.IDType, who.IDNumber)
	if err != nil {
		return nil, err
	}
	all, err := s.matters(ctx, student.ID)
	if err != nil {
		return nil, err
	}
	named := ofName(all, name)
	if len(named) == 0 {
		if err := s.addLoginAttempt(ctx, s.Store, who, "name_mismatch"); err != nil {
			return nil, err
		}
		if err := s.rememberUnnamed(ctx, who, name, q); err != nil {
			return nil, err
		}
		return nil, enroll.FailField("name", "name_mismatch")
	}
	open := enterable(named, s.Now())
	if len(open) == 0 {
		return nil, windowError(named[0], s.Now())
	}
	if err := s.useUp(ctx, q); err != nil {
		return nil, err
	}
	return s.addLogin(ctx, who, name, open, q)
}

func ofName(all []matter, name string) []matter {
	var named []matter
	for _, m := range all {
		if enroll.MatchName(name, norm.NFKC.String(m.registration.Name)) != enroll.NameDiffers {
			named = append(named, m)
		}
	}
	return named
}

func (s *Service) addLogin(ctx context.Context, who caller, name string, open []matter, q LoginRequest) (*Visit, error) {
	r := open[0].registration
	login := enroll.Login{
		ID: s.Store.NewID(), Student: r.Student, Registration: r.ID, At: s.Now(), Phone: who.Phone,
		OpenID: q.OpenID, Device: q.Device, Chosen: len(open) == 1, ByDesk: q.desk,
	}
	err := s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.addLoginAttempt(ctx, tx, who, "ok"); err != nil {
			return err
		}
		if err := s.notePair(ctx, tx, r, name, login); err != nil {
			return err
		}
		if err := s.noteLogin(ctx, tx, login, q.DeviceID); err != nil {
			return err
		}
		return tx.AddLogin(ctx, login, network(q.Address))
	})
	if err != nil {
		return nil, err
	}
	return s.Visit(ctx, login.ID, q.Address, q.Device)
}

// Logout ends an entry (退出登录); what it was allowed to see ends with it.
func (s *Service) Logout(ctx context.Context, login string) error {
	return s.Store.EndLogin(ctx, login, s.Now())
}

// Choose settles which of two open matters this entry is for (选择录取信息).
func (s *Service) Choose(ctx context.Context, v *Visit, registration string) error {
	choices, err := s.choices(ctx, v)
	if err != nil {
		return err
	}
	for _, m := range choices {
		if m.registration.ID == registration {
			return s.Store.ChooseRegistration(ctx, v.Login.ID, registration)
		}
	}
	return enroll.Fail("not_found")
}

// choices are the open matters among which this entry has still to choose.
func (s *Service) choices(ctx context.Context, v *Visit) ([]matter, error) {
	if v.Login.Chosen {
		return nil, nil
	}
	all, err := s.matters(ctx, v.Student.ID)
	if err != nil {
		return nil, err
	}
	open := enterable(ofName(all, v.Registration.Name), s.Now())
	if len(open) < 2 {
		return nil, nil
	}
	return open, nil
}
