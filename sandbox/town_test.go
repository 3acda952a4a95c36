package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// demo are the persons of demo.md that these tests need.
func demo() []Person {
	return []Person{
		{ID: "D01", Name: "张示例", Sex: "女", Ethnic: "汉族", IDType: "身份证", IDNumber: "320102200703169961", Phone: "13900000001"},
		{ID: "D03", Name: "陈样本", Sex: "男", Ethnic: "汉族", IDType: "港澳居民居住证", IDNumber: "810000199907099953", Face: FaceUnknownType},
		{ID: "D06", Name: "王Yan", TrueName: "王䶮", Sex: "男", Ethnic: "汉族", IDType: "身份证", IDNumber: "420106199311059978"},
		{ID: "D08", Name: "周比对", Sex: "男", Ethnic: "汉族", IDType: "身份证", IDNumber: "330106200109309914", Face: FaceMismatch},
		{ID: "D09", Name: "吴无照", Sex: "女", Ethnic: "回族", IDType: "身份证", IDNumber: "370102198906149927", Face: FaceNoRecord},
		{ID: "D20", Name: "杨等候", Sex: "女", Ethnic: "汉族", IDType: "身份证", IDNumber: "50010319990101982X", Face: FaceDownTwice},
	}
}

// town is a sandbox on the wire with a site beside it that records what it is sent.
type town struct {
	*testing.T
	world    *World
	client   *http.Client // goes through Egress
	url      string       // of the sandbox
	arrivals chan arrival
	mu       sync.Mutex
	receive  http.HandlerFunc // what the site answers; nil answers 204
}

// arrival is a request that the site got.
type arrival struct {
	request *http.Request
	body    []byte
}

// outside is one sandbox that delivers, with a world for every test, so that the tests also show that worlds do not
// disturb each other.
var outside = sync.OnceValue(func() *Sandbox {
	server := httptest.NewUnstartedServer(nil)
	s, err := Open(Config{People: demo(), URL: "http://" + server.Listener.Addr().String()})
	if err != nil {
		panic(err)
	}
	server.Config.Handler = s
	server.Start()
	go s.Run(context.Background()) // until the tests end
	return s
})

func newTown(t *testing.T) *town {
	t.Helper()
	s := outside()
	w := s.World(s.NewWorld().AppID)
	tn := &town{T: t, world: w, url: s.config.URL, arrivals: make(chan arrival, 100),
		client: &http.Client{Transport: Egress(s.config.URL), Timeout: 10 * time.Second}}
	site := httptest.NewServer(http.HandlerFunc(tn.serve))
	t.Cleanup(site.Close)
	w.SetSite(site.URL)
	return tn
}

func (tn *town) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	tn.mu.Lock()
	receive := tn.receive
	tn.mu.Unlock()
	if receive != nil {
		again := r.Clone(r.Context())
		again.Body = io.NopCloser(bytes.NewReader(body))
		receive(w, again)
	} else {
		w.WriteHeader(http.StatusNoContent)
	}
	tn.arrivals <- arrival{r, body}
}

// next waits for the site's next visitor.
func (tn *town) next() arrival {
	tn.Helper()
	select {
	case v := <-tn.arrivals:
		return v
	case <-time.After(8 * time.Second):
		tn.Fatal("the site got nothing")
		return arrival{}
	}
}

// quiet fails if the site gets anything within a moment.
func (tn *town) quiet() {
	tn.Helper()
	select {
	case v := <-tn.arrivals:
		tn.Fatalf("the site got %s, it should get nothing", v.request.URL.Path)
	case <-time.After(300 * time.Millisecond):
	}
}

func (tn *town) openid(user string) string {
	tn.Helper()
	u, err := tn.world.User(user)
	if err != nil {
		tn.Fatal(err)
	}
	return u.OpenID
}

// eventually waits for something that the sandbox does by itself.
func (tn *town) eventually(what string, is func() bool) {
	tn.Helper()
	for range 200 {
		if is() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	tn.Fatalf("never happened: %s", what)
}

// ask calls the official account without an SDK.
func (tn *town) ask(method, path, body string) map[string]any {
	tn.Helper()
	r, _ := http.NewRequest(method, "https://api.weixin.qq.com"+path, strings.NewReader(body))
	response, err := tn.client.Do(r)
	if err != nil {
		tn.Fatal(err)
	}
	defer response.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		tn.Fatal(err)
	}
	return answer
}
