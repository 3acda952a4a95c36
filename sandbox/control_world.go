package sandbox

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// Reset takes a world back to its beginning: same credentials, users and site, nothing sent, paid or set.
func (w *World) Reset() {
	defer w.change()()
	fresh := newWorldData(w.credentials, w.sandbox.config)
	fresh.Site, fresh.Seq = w.data.Site, w.data.Seq
	w.data = fresh
}

// SetSkew makes the timestamps of our signatures and our Date header wrong by d.
func (w *World) SetSkew(d time.Duration) {
	defer w.change()()
	w.data.Skew = d
}

// controlUser changes a user; what is left out stays. Following or not is told to the site by an event.
func (w *World) controlUser(_ *http.Request, body []byte) (any, error) {
	var q struct {
		User     string `json:"user"`
		Follows  *bool  `json:"follows"`
		Blocks   *bool  `json:"blocks"`
		Snapshot *bool  `json:"snapshot"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	u, err := w.User(q.User)
	if err != nil {
		return nil, err
	}
	if q.Follows != nil && *q.Follows != u.Follows {
		if err := w.Follow(q.User, *q.Follows); err != nil {
			return nil, err
		}
		u.Follows = *q.Follows
	}
	if q.Blocks != nil {
		u.Blocks = *q.Blocks
	}
	if q.Snapshot != nil {
		u.Snapshot = *q.Snapshot
	}
	return nil, w.SetUser(q.User, u.Follows, u.Blocks, u.Snapshot)
}

// controlSay sends a text from a user, or plays a tap on a menu button with that key.
func (w *World) controlSay(_ *http.Request, body []byte) (any, error) {
	var q struct {
		User string `json:"user"`
		Text string `json:"text"`
		Tap  string `json:"tap"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	if q.Tap != "" {
		return nil, w.Tap(q.User, q.Tap)
	}
	return nil, w.Say(q.User, q.Text)
}

// controlMenu plays a menu made in the console: {"selfmenu_info": {…}}; without it the menu is removed.
func (w *World) controlMenu(_ *http.Request, body []byte) (any, error) {
	var q struct {
		SelfMenuInfo json.RawMessage `json:"selfmenu_info"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	w.SetConsoleMenu(q.SelfMenuInfo)
	return nil, nil
}

func (w *World) controlRevoke(*http.Request, []byte) (any, error) {
	w.RevokeTokens()
	return nil, nil
}

// controlAccount changes the limits of the accounts and where callbacks go; what is left out stays.
func (w *World) controlAccount(_ *http.Request, body []byte) (any, error) {
	var q struct {
		Site           *string  `json:"site"`
		SMSVariable    *int     `json:"sms_variable"`
		SMSPerHour     *int     `json:"sms_per_hour"`
		SMSPerDay      *int     `json:"sms_per_day"`
		CloseTooYoungS *int64   `json:"close_too_young_s"`
		Probes         *int     `json:"probes"`
		RetryS         *[]int64 `json:"retry_s"`
		TemplateDay    *int     `json:"template_per_day"`
		TemplateMinute *int     `json:"template_per_minute"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	defer w.change()()
	set(&w.data.Site, q.Site)
	set(&w.data.SMS.VariableLength, q.SMSVariable)
	set(&w.data.SMS.PerHour, q.SMSPerHour)
	set(&w.data.SMS.PerDay, q.SMSPerDay)
	set(&w.data.Pay.Probes, q.Probes)
	set(&w.data.Account.Quota.PerDay, q.TemplateDay)
	set(&w.data.Account.Quota.PerMinute, q.TemplateMinute)
	if q.CloseTooYoungS != nil {
		w.data.Pay.TooYoung = time.Duration(*q.CloseTooYoungS) * time.Second
	}
	if q.RetryS != nil {
		w.data.Pay.Schedule = nil
		for _, seconds := range *q.RetryS {
			w.data.Pay.Schedule = append(w.data.Pay.Schedule, time.Duration(seconds)*time.Second)
		}
	}
	return nil, nil
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// controlPay pays as a user: by the sheet that a page would hand over, by a code_url, or by the order's number.
func (w *World) controlPay(_ *http.Request, body []byte) (any, error) {
	var q struct {
		User       string    `json:"user"`
		Sheet      *PaySheet `json:"sheet"`
		CodeURL    string    `json:"code_url"`
		OutTradeNo string    `json:"out_trade_no"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	bill, err := Bill{OutTradeNo: q.OutTradeNo}, error(nil)
	switch {
	case q.Sheet != nil:
		bill, err = w.OpenSheet(q.User, *q.Sheet)
	case q.CodeURL != "":
		bill, err = w.OpenCode(q.User, q.CodeURL)
	}
	if err != nil {
		return nil, err
	}
	return nil, w.PayOrder(q.User, bill.OutTradeNo)
}

func (w *World) controlCancel(_ *http.Request, body []byte) (any, error) {
	var q struct {
		User       string `json:"user"`
		OutTradeNo string `json:"out_trade_no"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	return nil, w.CancelOrder(q.User, q.OutTradeNo)
}

// controlState changes an order behind the merchant's back, as REFUND for a refund made in the console.
func (w *World) controlState(_ *http.Request, body []byte) (any, error) {
	var q struct {
		OutTradeNo string `json:"out_trade_no"`
		State      string `json:"state"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	if !w.SetState(q.OutTradeNo, q.State) {
		return nil, errors.New("no such order or state")
	}
	return nil, nil
}

// controlNotices does one thing to pay notices: hold, release, resend or forge.
func (w *World) controlNotices(r *http.Request, body []byte) (any, error) {
	var q struct {
		Do         string `json:"do"`
		Reverse    bool   `json:"reverse"`      // release
		ID         string `json:"id"`           // resend
		OutTradeNo string `json:"out_trade_no"` // forge
		How        string `json:"how"`          // forge; "" sends a genuine one
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	switch q.Do {
	case "hold":
		w.HoldNotices()
	case "release":
		w.ReleaseNotices(q.Reverse)
	case "resend":
		return nil, w.ResendNotice(q.ID)
	case "forge":
		status, err := w.ForgeNotice(r.Context(), q.OutTradeNo, q.How)
		return map[string]int{"status": status}, err
	default:
		return nil, errors.New("do is hold, release, resend or forge")
	}
	return nil, nil
}

// controlEvents sends an event that is wrong in the way asked; "" sends a genuine one.
func (w *World) controlEvents(r *http.Request, body []byte) (any, error) {
	var q struct {
		User  string            `json:"user"`
		Event string            `json:"event"`
		How   string            `json:"how"`
		More  map[string]string `json:"more"`
	}
	if err := strict(body, &q); err != nil {
		return nil, err
	}
	status, err := w.ForgeEvent(r.Context(), q.User, q.Event, q.How, q.More)
	return map[string]int{"status": status}, err
}

// controlVerify plays the moment when the callback's address is saved in the account's console.
func (w *World) controlVerify(r *http.Request, _ []byte) (any, error) {
	return nil, w.VerifyCallback(r.Context())
}
