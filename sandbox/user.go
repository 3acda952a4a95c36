package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"
)

// User is a WeChat user as the official account knows them.
type User struct {
	Key      string // D01 … for the demo persons, or parent, stranger, blocker, snapshot
	OpenID   string // of this account, 28 characters
	Name     string // nickname
	Follows  bool   // subscribed to the account
	Blocks   bool   // subscribed, but refuses its messages: the send succeeds, the event says failed:user block
	Snapshot bool   // sees pages as a snapshot (快照页) with a virtual openid
	Since    time.Time
	Agreed   map[string]int `json:",omitempty"` // subscription notices that may still be sent, by template
	Chat     []Message      `json:",omitempty"`
}

// Message is a line in a user's chat with the account.
type Message struct {
	Seq   int64
	At    time.Time
	From  string // account or user
	Kind  string // text, template or event
	Text  string // of a text or an event
	Title string // of a template message
	URL   string // where a tap on it leads
	Lines []Line // of a template message
	MsgID int64
}

// Line is one keyword of a template message as the phone shows it.
type Line struct{ Label, Value string }

// newUser follows the account; the openid depends on account and key only, so a reset keeps it.
func newUser(appID, key, name string) *User {
	sum := sha256.Sum256([]byte(appID + "|" + key))
	return &User{Key: key, OpenID: "o" + base64.RawURLEncoding.EncodeToString(sum[:])[:27], Name: name, Follows: true}
}

// standingUsers are in every world beside the demo persons.
func standingUsers(appID string) []*User {
	parent := newUser(appID, "parent", "家长")
	stranger := newUser(appID, "stranger", "未关注者")
	stranger.Follows = false
	blocker := newUser(appID, "blocker", "拒收消息者")
	blocker.Blocks = true
	snapshot := newUser(appID, "snapshot", "快照页访客")
	snapshot.Snapshot = true
	return []*User{parent, stranger, blocker, snapshot}
}

// Users lists the WeChat users of this world, without their chats.
func (w *World) Users() []User {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := make([]User, len(w.data.Users))
	for i, u := range w.data.Users {
		list[i] = *u
		list[i].Chat = nil
	}
	return list
}

// User finds a user by key or openid, with the chat.
func (w *World) User(key string) (User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.user(key)
	if u == nil {
		return User{}, fmt.Errorf("no user %q", key)
	}
	found := *u
	found.Chat = append([]Message(nil), u.Chat...)
	return found, nil
}

// SetUser changes whether a user follows the account, blocks its messages, or sees snapshots.
func (w *World) SetUser(key string, follows, blocks, snapshot bool) error {
	defer w.change()()
	u := w.user(key)
	if u == nil {
		return fmt.Errorf("no user %q", key)
	}
	u.Follows, u.Blocks, u.Snapshot = follows, blocks, snapshot
	return nil
}

// Say sends a text from a user to the account; the site's answer, if any, appears in the chat.
func (w *World) Say(key, text string) error {
	return w.fromUser(key, Message{Kind: "text", Text: text}, map[string]string{"MsgType": "text", "Content": text})
}

// Follow subscribes or unsubscribes a user and tells the site by an event.
func (w *World) Follow(key string, follow bool) error {
	event, text := "subscribe", "关注了公众号"
	if !follow {
		event, text = "unsubscribe", "取消了关注"
	}
	return w.fromUser(key, Message{Kind: "event", Text: text}, map[string]string{"MsgType": "event", "Event": event, "EventKey": ""})
}

// Tap plays a tap on a menu button that is not of type view: the site gets the CLICK event.
func (w *World) Tap(key, buttonKey string) error {
	return w.fromUser(key, Message{Kind: "event", Text: buttonKey},
		map[string]string{"MsgType": "event", "Event": "CLICK", "EventKey": buttonKey})
}

// fromUser writes a line into the chat and queues it for the site's message callback.
func (w *World) fromUser(key string, m Message, fields map[string]string) error {
	defer w.change()()
	u := w.user(key)
	if u == nil {
		return fmt.Errorf("no user %q", key)
	}
	switch fields["Event"] {
	case "subscribe":
		u.Follows, u.Since = true, w.now()
	case "unsubscribe":
		u.Follows, u.Blocks = false, false
	}
	m.From = "user"
	w.write(u, m)
	w.queuePush(u, fields)
	return nil
}

// write adds a line to a chat, which keeps its last 200.
func (w *World) write(u *User, m Message) {
	w.data.Seq++
	m.Seq, m.At = w.data.Seq, w.now()
	u.Chat = append(u.Chat, m)
	if len(u.Chat) > 200 {
		u.Chat = u.Chat[len(u.Chat)-200:]
	}
}

// user finds a user by key or openid; the index follows the list, which only grows.
func (w *World) user(key string) *User {
	d := w.data
	if d.index == nil {
		d.index = map[string]*User{}
	}
	for ; d.indexed < len(d.Users); d.indexed++ {
		u := d.Users[d.indexed]
		d.index[u.Key], d.index[u.OpenID] = u, u
	}
	return d.index[key]
}
