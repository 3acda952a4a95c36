package sandbox

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
)

// phoneFiles are the phone's page, and the script that plays WeChat inside the site's pages.
//
//go:embed phone
var phoneFiles embed.FS

// holderHeader and holderCookie name the WeChat user who looks at a page (D01, parent …).
const (
	holderHeader = "X-Sandbox-User"
	holderCookie = "sandbox_user"
)

// newFront serves the phone and the proxied site: every request that is neither for a vendor's host nor under
// /_sandbox/, /open/ or /h5pay; on the webview's hosts (localhost) those too.
func newFront(s *Sandbox) http.Handler {
	files, err := fs.Sub(phoneFiles, "phone")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	script, err := fs.ReadFile(files, "inject.js")
	if err != nil {
		panic(err)
	}
	site := newWebview(s, script)
	p := &phone{sandbox: s, webview: site}
	mux := http.NewServeMux()
	mux.Handle("GET /phone/album/", http.StripPrefix("/phone/album", newAlbum(s.config.People, s.config.Font)))
	mux.Handle("GET /phone/", noCache(http.StripPrefix("/phone", http.FileServerFS(files))))
	mux.HandleFunc("/", openPhone)
	p.routes(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.isFrame(r) {
			site.ServeHTTP(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// openPhone leads from any other address to the phone's page, with what it was asked to open.
func openPhone(w http.ResponseWriter, r *http.Request) {
	page := url.URL{Path: "/phone/", RawQuery: r.URL.RawQuery}
	http.Redirect(w, r, page.String(), http.StatusFound)
}

func noCache(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}

// phone is what the phone's page asks for and what its owner does there.
type phone struct {
	sandbox *Sandbox
	webview *webview
}

func (p *phone) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /phone/api/state", p.state)
	actions := map[string]func(*World, deed) (any, error){
		"say":     func(w *World, d deed) (any, error) { return nil, w.Say(d.User, d.Text) },
		"tap":     func(w *World, d deed) (any, error) { return nil, w.Tap(d.User, d.Key) },
		"scan":    func(w *World, d deed) (any, error) { return nil, w.Scan(d.User, d.Code) },
		"follow":  func(w *World, d deed) (any, error) { return nil, w.Follow(d.User, d.Follows) },
		"user":    func(w *World, d deed) (any, error) { return nil, w.SetUser(d.User, d.Follows, d.Blocks, d.Snapshot) },
		"outcome": func(w *World, d deed) (any, error) { return nil, w.SetOutcome(d.IDNumber, d.Outcome) },
		"sheet":   func(w *World, d deed) (any, error) { return w.OpenSheet(d.User, d.Sheet) },
		"code":    func(w *World, d deed) (any, error) { return w.OpenCode(d.User, d.Code) },
		"pay":     func(w *World, d deed) (any, error) { return nil, w.PayOrder(d.User, d.OutTradeNo) },
		"cancel":  func(w *World, d deed) (any, error) { return nil, w.CancelOrder(d.User, d.OutTradeNo) },
		"trouble": func(w *World, d deed) (any, error) { return w.AddFault(d.Fault) },
		"calm":    func(w *World, d deed) (any, error) { w.RemoveFault(d.Fault.ID); return nil, nil },
		"enrol":   func(w *World, d deed) (any, error) { return nil, w.Enrol(d.Text) },
		"forget":  func(_ *World, d deed) (any, error) { p.webview.forget(d.User); return nil, nil },
	}
	for name, act := range actions {
		mux.HandleFunc("POST /phone/api/"+name, p.act(act))
	}
}

// deed is one tap of the phone's owner, with what it needs.
type deed struct {
	User       string      `json:"user"`
	Text       string      `json:"text"`
	Key        string      `json:"key"`
	Follows    bool        `json:"follows"`
	Blocks     bool        `json:"blocks"`
	Snapshot   bool        `json:"snapshot"`
	IDNumber   string      `json:"idNumber"`
	Outcome    FaceOutcome `json:"outcome"`
	Sheet      PaySheet    `json:"sheet"`
	Code       string      `json:"code"`
	OutTradeNo string      `json:"outTradeNo"`
	Fault      Fault       `json:"fault"`
}

// act reads a deed, does it in the default world, and answers with what it gave.
// Only the phone's own page may ask, so that no other page can pay.
func (p *phone) act(do func(*World, deed) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if origin := r.Header.Get("Origin"); origin != "" && !sameHost(origin, r.Host) {
			answer(w, http.StatusForbidden, map[string]string{"error": "只有沙箱手机的页面可以操作"})
			return
		}
		var d deed
		if err := json.NewDecoder(r.Body).Decode(&d); err != nil {
			answer(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
			return
		}
		result, err := do(p.sandbox.World(""), d)
		if err != nil {
			answer(w, http.StatusConflict, map[string]string{"error": err.Error()})
			return
		}
		answer(w, http.StatusOK, result)
	}
}

func sameHost(origin, host string) bool {
	address, err := url.Parse(origin)
	return err == nil && strings.EqualFold(address.Host, host)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}
