package bench

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/jmoiron/sqlx"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/handler"
	"xinsheng/test/world"
)

// BenchmarkMe asks for the whole state of a logged-in student, through every middleware.
func BenchmarkMe(b *testing.B) {
	w := world.New(b)
	w.Enrolled(b, "D01")
	routes, err := handler.New(w.Service, http.NotFoundHandler(), handler.Config{PublicURL: "http://localhost"}, slog.New(slog.DiscardHandler)).Routes()
	if err != nil {
		b.Fatal(err)
	}
	ask(b, routes, "/api/me", login(b, w, routes))
}

// BenchmarkMeFloor answers one row of the same database as JSON: gin and sqlx, and nothing else.
func BenchmarkMeFloor(b *testing.B) {
	w := world.New(b)
	id := w.Enrolled(b, "D01").ID
	db := sqlx.NewDb(w.Database(b), "sqlite")
	gin.SetMode(gin.ReleaseMode)
	routes := gin.New()
	routes.GET("/me", func(c *gin.Context) {
		row := map[string]any{}
		if err := db.QueryRowxContext(c, `SELECT id, status, grade, exam_no FROM registration WHERE id = ?`, id).MapScan(row); err != nil {
			c.Status(http.StatusInternalServerError)
			return
		}
		c.JSON(http.StatusOK, row)
	})
	ask(b, routes, "/me", nil)
}

func ask(b *testing.B, routes http.Handler, path string, cookie *http.Cookie) {
	for b.Loop() {
		r := httptest.NewRequest("GET", path, nil)
		if cookie != nil {
			r.AddCookie(cookie)
		}
		answer := httptest.NewRecorder()
		routes.ServeHTTP(answer, r)
		if answer.Code != http.StatusOK {
			b.Fatalf("%d %s", answer.Code, answer.Body)
		}
	}
}

// login enters as D01 with the code from the sandbox's phone and gives the session's cookie.
func login(b *testing.B, w *world.World, routes http.Handler) *http.Cookie {
	b.Helper()
	p, _ := demo.Find("D01")
	answer := post(b, routes, "/api/login/code", `{"id_type":"id_card","id_number":"`+p.IDNumber+`","phone":"`+p.Phone+`"}`)
	challenge := regexp.MustCompile(`"challenge":"([^"]+)"`).FindStringSubmatch(answer.Body.String())[1]
	w.Service.Background.Wait()
	text := w.Sandbox.World(w.Credentials.AppID).SMSList(p.Phone)[0].Text
	code := regexp.MustCompile(`[0-9]{6}`).FindString(text)
	answer = post(b, routes, "/api/login", `{"challenge":"`+challenge+`","name":"`+p.Name+`","code":"`+code+`"}`)
	return answer.Result().Cookies()[0]
}

func post(b *testing.B, routes http.Handler, path, body string) *httptest.ResponseRecorder {
	b.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Requested-With", "xinsheng")
	answer := httptest.NewRecorder()
	routes.ServeHTTP(answer, r)
	if answer.Code != http.StatusOK {
		b.Fatalf("POST %s: %d %s", path, answer.Code, answer.Body)
	}
	return answer
}
