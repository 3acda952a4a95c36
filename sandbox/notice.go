package sandbox

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// notice is a pay notice (支付通知) on its way to the merchant.
type notice struct {
	ID         string
	OutTradeNo string
	URL        string
	Body       []byte
	Due        time.Time
	Held       bool // waits for a release
	Behind     bool // waits until a later notice has been delivered (reorder)
	Done       bool
	How        string // forgery; "" for a genuine one
	Tries      int    // without the probe
	Results    []string
	Sending    bool `json:"-"`
	Probe      bool // a SIGNTEST probe goes first
}

// Notice is what became of a pay notice.
type Notice struct {
	ID         string
	OutTradeNo string
	Held       bool
	Done       bool
	Forged     string
	Results    []string // HTTP status or error of every try, "probe …" for a SIGNTEST probe
}

// Notices lists the pay notices, newest last.
func (w *World) Notices() []Notice {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := make([]Notice, len(w.data.Pay.Notices))
	for i, n := range w.data.Pay.Notices {
		list[i] = Notice{n.ID, n.OutTradeNo, n.Held || n.Behind, n.Done, n.How, append([]string(nil), n.Results...)}
	}
	return list
}

// HoldNotices keeps all further notices back until ReleaseNotices.
func (w *World) HoldNotices() {
	defer w.change()()
	w.data.Pay.Hold = true
}

// ReleaseNotices lets notices go again, in reverse order if asked; those that a reorder fault holds back too.
func (w *World) ReleaseNotices(reverse bool) {
	defer w.change()()
	w.data.Pay.Hold = false
	var held []*notice
	for _, n := range w.data.Pay.Notices {
		if n.Held || n.Behind {
			held = append(held, n)
		}
	}
	for i, n := range held {
		n.Held, n.Behind, n.Due = false, false, w.now()
		if reverse {
			n.Due = w.now().Add(time.Duration(len(held)-1-i) * 300 * time.Millisecond)
		}
	}
}

// ResendNotice sends a notice again, as WeChat Pay may at any time: same id and content, new signature.
func (w *World) ResendNotice(id string) error {
	defer w.change()()
	for _, n := range w.data.Pay.Notices {
		if n.ID == id {
			n.Done, n.Held, n.Behind, n.Tries, n.Due = false, false, false, 0, w.now()
			return nil
		}
	}
	return fmt.Errorf("no notice %q", id)
}

// queueNotice makes the notice of a paid order, as the faults say.
func (w *World) queueNotice(o *order) {
	p := &w.data.Pay
	fault := w.strike("notice")
	n := &notice{ID: newNoticeID(), OutTradeNo: o.OutTradeNo, URL: o.NotifyURL, Due: w.now().Add(fault.delay()),
		Held: p.Hold, Behind: fault.is("reorder"), Done: fault.is("drop")}
	transaction := w.transaction(o)
	if fault.is("forge") {
		n.How = fault.How
		forge(transaction, n.How)
	}
	n.Body = w.noticeBody(n, transaction)
	n.Probe = p.Probes > 0 && p.Sent%p.Probes == 0
	p.Sent++
	p.Notices = append(p.Notices, n)
	if fault.is("duplicate") {
		for range max(fault.Copies, 2) - 1 {
			again := *n
			again.Probe = false
			p.Notices = append(p.Notices, &again)
		}
	}
	p.Notices = trimmed(p.Notices, 1000, func(n *notice) bool { return n.Done })
}

func newNoticeID() string {
	id := randomHex(16)
	return fmt.Sprintf("%s-%s-%s-%s-%s", id[:8], id[8:12], id[12:16], id[16:20], id[20:])
}

// noticeBody seals a transaction with the merchant's APIv3 key.
func (w *World) noticeBody(n *notice, transaction map[string]any) []byte {
	plain, err := json.Marshal(transaction)
	if err != nil {
		panic(err) // maps of strings and numbers
	}
	nonce := randomText(12)
	key, algorithm := w.credentials.APIv3Key, "AEAD_AES_256_GCM"
	switch n.How {
	case "key":
		key = randomText(32)
	case "algorithm":
		algorithm = "AEAD_AES_128_GCM"
	}
	event := "TRANSACTION.SUCCESS"
	if n.How == "event" {
		event = "TRANSACTION.UNKNOWN"
	}
	body, err := json.Marshal(map[string]any{
		"id": n.ID, "create_time": chinaTime(w.now()), "resource_type": "encrypt-resource", "event_type": event,
		"summary": "支付成功",
		"resource": map[string]any{"original_type": "transaction", "algorithm": algorithm, "nonce": nonce,
			"associated_data": "transaction", "ciphertext": sealNotice(key, nonce, plain)},
	})
	if err != nil {
		panic(err)
	}
	return body
}

func sealNotice(key, nonce string, plain []byte) string {
	block, err := aes.NewCipher([]byte(key))
	if err != nil {
		panic(err) // keys have 32 bytes
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(gcm.Seal(nil, []byte(nonce), plain, []byte("transaction")))
}

func (w *World) dueNotices() []*notice {
	w.mu.Lock()
	defer w.mu.Unlock()
	var due []*notice
	for _, n := range w.data.Pay.Notices {
		if !n.Done && !n.Held && !n.Behind && !n.Sending && !n.Due.After(w.now()) && len(due) < 128 {
			n.Sending = true
			due = append(due, n)
		}
	}
	return due
}

// sendNotice tries a notice once and plans the next try, 24 h 4 min in all.
func (w *World) sendNotice(ctx context.Context, n *notice) {
	var results []string
	if n.Probe {
		status, err := w.postNotice(ctx, n, "signtest")
		results = append(results, "probe "+tryText(status, err))
	}
	status, err := w.postNotice(ctx, n, n.How)
	defer w.change()()
	n.Sending = false
	if ctx.Err() != nil {
		return // we are stopping; the next start tries again
	}
	n.Probe = false
	n.Results = append(n.Results, append(results, tryText(status, err))...)
	accepted := err == nil && (status == http.StatusOK || status == http.StatusNoContent)
	schedule := w.schedule()
	n.Tries++
	n.Done = accepted || n.How != "" || n.Tries > len(schedule)
	if !n.Done {
		n.Due = w.now().Add(schedule[n.Tries-1])
	}
	if accepted {
		w.releaseBehind(n)
	}
}

// releaseBehind lets the notices go that a reorder fault held back until this one was through.
func (w *World) releaseBehind(first *notice) {
	for _, n := range w.data.Pay.Notices {
		if n != first && n.Behind {
			n.Behind, n.Due = false, w.now()
		}
	}
}

func tryText(status int, err error) string {
	if err != nil {
		return "no answer"
	}
	return strconv.Itoa(status)
}

func (w *World) schedule() []time.Duration {
	if len(w.data.Pay.Schedule) > 0 {
		return w.data.Pay.Schedule
	}
	s, m, h := time.Second, time.Minute, time.Hour
	return []time.Duration{15 * s, 15 * s, 30 * s, 3 * m, 10 * m, 20 * m, 30 * m, 30 * m, 30 * m, 60 * m,
		3 * h, 3 * h, 3 * h, 6 * h, 6 * h}
}

// postNotice sends the notice once, signed afresh, or signed wrongly as the forgery says.
func (w *World) postNotice(ctx context.Context, n *notice, how string) (int, error) {
	r, err := w.noticeRequest(ctx, n, how)
	if err != nil {
		return 0, err
	}
	response, err := w.sandbox.client.Do(r)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	io.Copy(io.Discard, io.LimitReader(response.Body, 1<<20))
	return response.StatusCode, nil
}

func (w *World) noticeRequest(ctx context.Context, n *notice, how string) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, n.URL, bytes.NewReader(n.Body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Mozilla/4.0")
	r.Header.Set("Request-Id", randomHex(16))
	w.signNotice(r.Header, n.Body, how)
	return r, nil
}
