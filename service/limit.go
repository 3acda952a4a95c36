package service

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net/netip"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"xinsheng/enroll"
)

// caller is who stands at the door: a document, a phone and a network address, none of them proven.
type caller struct {
	IDType   enroll.IDType   `json:"id_type"`
	IDNumber enroll.IDNumber `json:"id_number"`
	Phone    enroll.Phone    `json:"phone"`
	Address  string          `json:"-"`
}

// mayAskCode holds a request for a code against every limit of reliability
// §3.3, and says whether it is frequent enough to show a picture first.
// Nothing here depends on the roster.
func (s *Service) mayAskCode(ctx context.Context, who caller) (suspicious bool, err error) {
	if err := s.notLocked(ctx, who); err != nil {
		return false, err
	}
	crowd, err := s.countAddress(ctx, who.Address)
	if err != nil {
		return false, err
	}
	now, l := s.Now(), s.Config.Limits
	phone, err := s.Store.AttemptsOfPhone(ctx, who.Phone, now.Add(-24*time.Hour))
	if err != nil {
		return false, err
	}
	if len(phone) > 0 && now.Sub(phone[0]) < l.Resend {
		return false, tooEarly(phone[0].Add(l.Resend).Sub(now))
	}
	if err := withinRates(phone, now, l.PerPhoneHour, l.PerPhoneDay, "phone", "sms_phone_limit"); err != nil {
		return false, err
	}
	identity, err := s.Store.AttemptsOfIdentity(ctx, who.IDType, who.IDNumber, now.Add(-24*time.Hour))
	if err != nil {
		return false, err
	}
	if err := withinRates(identity, now, l.PerIdentityHour, l.PerIdentityDay, "id_number", "sms_identity_limit"); err != nil {
		return false, err
	}
	return crowd || recent(phone, now, time.Hour) > 0 || recent(identity, now, time.Hour) > 0, s.withinBudget(ctx)
}

func tooEarly(wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	return enroll.Fail("resend_too_early", seconds).With("resend_in", seconds)
}

// withinRates compares tries, the newest first, with what an hour and 24 hours allow.
func withinRates(tries []time.Time, now time.Time, perHour, perDay int, field string, reason enroll.Reason) error {
	free := freeAt(tries, now, perHour, perDay)
	if free.IsZero() {
		return nil
	}
	return enroll.FailField(field, reason, enroll.Minute(free)).With("retry_at", free.UnixMilli())
}

// freeAt is when a try is allowed again; the zero time is now.
func freeAt(tries []time.Time, now time.Time, perHour, perDay int) (free time.Time) {
	if recent(tries, now, time.Hour) >= perHour {
		free = tries[perHour-1].Add(time.Hour)
	}
	if len(tries) >= perDay {
		free = tries[perDay-1].Add(24 * time.Hour)
	}
	return free
}

func recent(tries []time.Time, now time.Time, span time.Duration) int {
	n := 0
	for _, at := range tries {
		if now.Sub(at) < span {
			n++
		}
	}
	return n
}

// withinBudget stops the sending for today when an attack or a mistake would spend the school's money.
func (s *Service) withinBudget(ctx context.Context) error {
	sent, err := s.Store.CodesSent(ctx, enroll.DayStart(s.Now()))
	if err != nil {
		return err
	}
	if sent < s.Config.Limits.PerDay {
		return nil
	}
	s.Log.Error("today's SMS are spent, no further login codes go out", "sent", sent)
	return enroll.Fail("sms_budget_spent")
}

// notLocked refuses who failed too often with one document lately.
func (s *Service) notLocked(ctx context.Context, who caller) error {
	now, l := s.Now(), s.Config.Limits
	failures, err := s.Store.FailedLogins(ctx, who.IDType, who.IDNumber, now.Add(-24*time.Hour))
	if err != nil {
		return err
	}
	var free time.Time
	if recent(failures, now, l.LoginPause) >= l.LoginFailures {
		free = failures[l.LoginFailures-1].Add(l.LoginPause)
	}
	if len(failures) >= l.LoginFailuresDay {
		free = failures[l.LoginFailuresDay-1].Add(24 * time.Hour)
	}
	if free.IsZero() {
		return nil
	}
	return enroll.Fail("login_locked", enroll.Minute(free)).With("retry_at", free.UnixMilli())
}

// countAddress counts one request of a network address; beyond the soft limit
// it is a crowd (a campus shares few addresses), beyond the hard one it is refused.
func (s *Service) countAddress(ctx context.Context, address string) (crowd bool, err error) {
	l := s.Config.Limits
	hour, err := s.count(ctx, "address", network(address), time.Hour)
	if err != nil {
		return false, err
	}
	if hour > l.PerAddressHour {
		return false, enroll.Fail("sms_address_limit")
	}
	minutes, err := s.count(ctx, "crowd", network(address), 5*time.Minute)
	return minutes > l.PerAddressSoft, err
}

// count adds one to a counter of the present span of time and gives its value, atomically.
func (s *Service) count(ctx context.Context, purpose, subject string, span time.Duration) (int, error) {
	key := s.counter(purpose, subject, span)
	n, err := s.KV.Incr(ctx, key).Result()
	if err == nil && n == 1 {
		err = s.KV.Expire(ctx, key, span).Err()
	}
	return int(n), err
}

// counted is the value of a counter, without adding to it.
func (s *Service) counted(ctx context.Context, purpose, subject string, span time.Duration) (int, error) {
	n, err := s.KV.Get(ctx, s.counter(purpose, subject, span)).Int()
	if errors.Is(err, redis.Nil) {
		return 0, nil
	}
	return n, err
}

func (s *Service) counter(purpose, subject string, span time.Duration) string {
	bucket := s.Now().UnixMilli() / span.Milliseconds()
	return "count:" + purpose + ":" + s.blind(purpose, subject) + ":" + strconv.FormatInt(bucket, 10)
}

// guessesPerHour is how many addresses that open nothing one network may try, before nothing opens for it.
const guessesPerHour = 60

// mayGuess refuses a network that tried too many secret addresses (代付链接, 凭证) in vain; missed counts one.
func (s *Service) mayGuess(ctx context.Context, address string) error {
	n, err := s.counted(ctx, "guess", network(address), time.Hour)
	if err == nil && n >= guessesPerHour {
		err = enroll.Fail("too_many")
	}
	return err
}

func (s *Service) missed(ctx context.Context, address string) error {
	_, err := s.count(ctx, "guess", network(address), time.Hour)
	return err
}

// network is what one household or phone shares: an IPv4 address, or the /64 of an IPv6 one.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}

// blind is a keyed hash by which KV finds something without holding it.
func (s *Service) blind(purpose, value string) string {
	return hex.EncodeToString(s.Store.Keys().Index(purpose, value))
}

// holdLife ends a hold whose request died.
const holdLife = 30 * time.Second

// hold keeps everybody else out of what is named until release; false where somebody holds it already.
func (s *Service) hold(ctx context.Context, name string) (release func(), held bool, err error) {
	token := rand.Text()
	held, err = s.KV.SetNX(ctx, "hold:"+name, token, holdLife).Result()
	if err != nil || !held {
		return nil, false, err
	}
	return func() {
		ctx := context.WithoutCancel(ctx)
		if s.KV.Get(ctx, "hold:"+name).Val() == token {
			s.KV.Del(ctx, "hold:"+name)
		}
	}, true, nil
}
