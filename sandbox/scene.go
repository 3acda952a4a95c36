package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/skip2/go-qrcode"
)

// sceneCode is a QR code of the account that carries a scene (带参数的二维码).
type sceneCode struct {
	Ticket string
	URL    string // what the picture holds
	Scene  string
	End    time.Time // zero for a permanent one
}

const (
	sceneAddress = "http://weixin.qq.com/q/"
	sceneMost    = 2592000 // seconds, 30 days
	scenesKept   = 200
)

// createScene answers qrcode/create: temporary codes with a number or a text, permanent ones with a text.
func (c accountCall) createScene() reply {
	var q struct {
		ExpireSeconds int64  `json:"expire_seconds"`
		ActionName    string `json:"action_name"`
		ActionInfo    struct {
			Scene struct {
				SceneStr string `json:"scene_str"`
				SceneID  int    `json:"scene_id"`
			} `json:"scene"`
		} `json:"action_info"`
	}
	if bad, ok := c.decode(&q); !ok {
		return bad
	}
	scene, code := q.ActionInfo.Scene.SceneStr, sceneCode{Ticket: "gQ" + randomHex(48), URL: sceneAddress + "02" + randomHex(12)}
	if q.ActionName == "QR_SCENE" && q.ActionInfo.Scene.SceneID > 0 {
		scene = fmt.Sprint(q.ActionInfo.Scene.SceneID)
	}
	known := map[string]bool{"QR_SCENE": true, "QR_STR_SCENE": true, "QR_LIMIT_STR_SCENE": true}
	if !known[q.ActionName] || scene == "" || len(scene) > 64 || q.ExpireSeconds < 0 || q.ExpireSeconds > sceneMost {
		return accountError("40053", "")
	}
	code.Scene = scene
	answer := map[string]any{"ticket": code.Ticket, "url": code.URL}
	if q.ActionName != "QR_LIMIT_STR_SCENE" {
		life := q.ExpireSeconds
		if life == 0 {
			life = 60
		}
		code.End = c.now().Add(time.Duration(life) * time.Second)
		answer["expire_seconds"] = life
	}
	a := &c.data.Account
	if a.Scenes = append(a.Scenes, code); len(a.Scenes) > scenesKept {
		a.Scenes = a.Scenes[len(a.Scenes)-scenesKept:]
	}
	return jsonReply(http.StatusOK, answer)
}

// serveScene answers for mp.weixin.qq.com: the picture of a code by its ticket.
func (s *Sandbox) serveScene(rw http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/cgi-bin/showqrcode" {
		http.NotFound(rw, r)
		return
	}
	for _, w := range s.Worlds() {
		code, ok := w.scene(func(c sceneCode) bool { return c.Ticket == r.URL.Query().Get("ticket") })
		if !ok {
			continue
		}
		picture, err := qrcode.Encode(code.URL, qrcode.Medium, 430)
		if err != nil {
			http.Error(rw, err.Error(), http.StatusInternalServerError)
			return
		}
		rw.Header().Set("Content-Type", "image/png")
		rw.Write(picture)
		return
	}
	http.NotFound(rw, r)
}

// scene finds a code that is still good.
func (w *World) scene(is func(sceneCode) bool) (sceneCode, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.data.Account.Scenes {
		if is(c) && (c.End.IsZero() || w.now().Before(c.End)) {
			return c, true
		}
	}
	return sceneCode{}, false
}

// Scenes lists the addresses in the account's codes of late that are still good, newest first.
func (w *World) Scenes() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := []string{}
	for i := len(w.data.Account.Scenes) - 1; i >= 0 && len(list) < 6; i-- {
		if c := w.data.Account.Scenes[i]; c.End.IsZero() || w.now().Before(c.End) {
			list = append(list, c.URL)
		}
	}
	return list
}

// Scan plays a user who scans a code of the account: who follows it enters the chat (SCAN), everybody else follows
// it by the code (subscribe with qrscene_).
func (w *World) Scan(key, address string) error {
	code, ok := w.scene(func(c sceneCode) bool { return c.URL == strings.TrimSpace(address) })
	if !ok {
		return fmt.Errorf("二维码已失效")
	}
	u, err := w.User(key)
	if err != nil {
		return err
	}
	event, eventKey, text := "SCAN", code.Scene, "扫描了公众号的二维码"
	if !u.Follows {
		event, eventKey, text = "subscribe", "qrscene_"+code.Scene, "扫码关注了公众号"
	}
	return w.fromUser(key, Message{Kind: "event", Text: text},
		map[string]string{"MsgType": "event", "Event": event, "EventKey": eventKey, "Ticket": code.Ticket})
}
