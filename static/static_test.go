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

	for _, path := range []string{"/", "/staff", "/staff/"} {
		checkPage(t, get, path)
	}
	if len(site.StyleSources()) != strings.Count(get("/").Body.String(), "<style>") {
		t.Errorf("style sources: %v", site.StyleSources())
	}

	for _, path := range []string{"/assets/none.js", "/../static.go", "/staff/assets/none.js", "/font/NotoSansSC-Regular.ttf", "/.keep"} {
		if missing := get(path); missing.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, missing.Code)
		}
	}
}

// checkPage holds that a page is asked for anew each time, its script kept for a year, and nothing written into it runs.
func checkPage(t *testing.T, get func(path string) *httptest.ResponseRecorder, path string) {
	t.Helper()
	page := get(path)
	if page.Code != http.StatusOK || !strings.Contains(page.Header().Get("Cache-Control"), "no-store") {
		t.Fatalf("%s: %d, %q", path, page.Code, page.Header().Get("Cache-Control"))
	}
	if strings.Contains(page.Body.String(), "<script>") || strings.Contains(page.Body.String(), "onload=") {
		t.Errorf("%s holds an inline script, which the content security policy forbids", path)
	}
	script := regexp.MustCompile(`src="((?:/staff)?/assets/[^"]+\.js)"`).FindStringSubmatch(page.Body.String())
	if script == nil {
		t.Fatalf("%s loads no script", path)
	}
	asset := get(script[1])
	if asset.Code != http.StatusOK || !strings.Contains(asset.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %d, %q", script[1], asset.Code, asset.Header().Get("Cache-Control"))
	}
}
