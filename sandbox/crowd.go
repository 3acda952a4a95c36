package sandbox

import (
	"fmt"
	"net/http"
	"time"
)

// quota is what the account may send; 0 is no limit.
type quota struct {
	PerDay, PerMinute int
	Day, Minute       string // of the counts, in China
	DayN, MinuteN     int
}

// Tally counts what the account's interface did: messages are distinct ones, repeats were dropped by client_msg_id.
type Tally struct {
	Messages int // template messages
	Repeats  int
	Notices  int // subscription notices
	Tokens   int // calls for an access token
}

// Tally is what the account's interface did so far.
func (w *World) Tally() Tally {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.data.Account.Tally
}

// SetQuota bounds the messages per day and per minute by the world's clock; 0 is no limit.
func (w *World) SetQuota(perDay, perMinute int) {
	defer w.change()()
	w.data.Account.Quota.PerDay, w.data.Account.Quota.PerMinute = perDay, perMinute
}

// useQuota counts one message, or gives the code of the limit that it would break.
func (w *World) useQuota() string {
	q := &w.data.Account.Quota
	now := chinaTime(w.now())
	if day := now[:10]; q.Day != day {
		q.Day, q.DayN = day, 0
	}
	if minute := now[:16]; q.Minute != minute {
		q.Minute, q.MinuteN = minute, 0
	}
	switch {
	case q.PerDay > 0 && q.DayN >= q.PerDay:
		return "45009"
	case q.PerMinute > 0 && q.MinuteN >= q.PerMinute:
		return "45011"
	}
	q.DayN++
	q.MinuteN++
	return ""
}

// Crowd adds n followers with keys C00001 … and gives their openids, for pushes to many.
func (w *World) Crowd(n int) []string {
	defer w.change()()
	openids := make([]string, n)
	for i := range n {
		key := fmt.Sprintf("C%05d", i+1)
		u := w.user(key)
		if u == nil {
			u = newUser(w.credentials.AppID, key, "同学"+key[1:])
			u.Since = time.Unix(1790000000, 0)
			w.data.Users = append(w.data.Users, u)
		}
		openids[i] = u.OpenID
	}
	return openids
}

func (w *World) controlCrowd(_ *http.Request, body []byte) (any, error) {
	var q struct {
		Count int `json:"count"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	if q.Count < 1 || q.Count > 100000 {
		return nil, fmt.Errorf("count is 1 to 100000")
	}
	return w.Crowd(q.Count), nil
}

func (w *World) controlAgree(_ *http.Request, body []byte) (any, error) {
	var q struct {
		User     string `json:"user"`
		Template string `json:"template"`
		Agree    bool   `json:"agree"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	return nil, w.Agree(q.User, q.Template, q.Agree)
}
