package static_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"xinsheng/static"
)

func TestSite(t *testing.T) {
	site, err := static.Open()
	if errors.Is(err, static.ErrNotBuilt) {
		t.Skip("pages are not built")
	}
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		return w
	}

	page := get("/")
	if page.Code != http.StatusOK || !strings.Contains(page.Header().Get("Cache-Control"), "no-store") {
		t.Fatalf("page: %d, %q", page.Code, page.Header().Get("Cache-Control"))
	}
	if strings.Contains(page.Body.String(), "<script>") || strings.Contains(page.Body.String(), "onload=") {
		t.Error("the page holds an inline script, which the content security policy forbids")
	}
	if len(site.StyleSources()) != strings.Count(page.Body.String(), "<style>") {
		t.Errorf("style sources: %v", site.StyleSources())
	}

	script := regexp.MustCompile(`src="(/assets/[^"]+\.js)"`).FindStringSubmatch(page.Body.String())
	if script == nil {
		t.Fatal("the page loads no script")
	}
	asset := get(script[1])
	if asset.Code != http.StatusOK || !strings.Contains(asset.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("asset: %d, %q", asset.Code, asset.Header().Get("Cache-Control"))
	}

	for _, path := range []string{"/assets/none.js", "/../static.go", "/font/NotoSansSC-Regular.ttf", "/.keep"} {
		if missing := get(path); missing.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, missing.Code)
		}
	}
}
