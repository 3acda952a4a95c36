package handler

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"xinsheng/test/world"
)

func reasonIn(answer map[string]any) any {
	e, _ := answer["error"].(map[string]any)
	return e["reason"]
}

func (b *browser) handIn(path string, texts map[string]string, picture []byte) (int, map[string]any) {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, text := range texts {
		form.WriteField(name, text)
	}
	part, err := form.CreateFormFile("picture", "document.jpg")
	if err != nil {
		b.t.Fatal(err)
	}
	part.Write(picture)
	form.Close()
	return b.send("POST", path, form.FormDataContentType(), &body)
}

// A name check belongs to the session that proved the code, and never tells what name the roster has.
func TestNameCheckBelongsToItsSession(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	b, stranger := openBrowser(t, w), openBrowser(t, w)
	challenge := b.post("/login/code", `{"id_type":"id_card","id_number":"320102200703169961","phone":"13900000001"}`)["challenge"].(string)
	w.Service.Background.Wait()
	code := regexp.MustCompile(`[0-9]{6}`).FindString(w.Sandbox.World(w.Credentials.AppID).SMSList("13900000001")[0].Text)
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	login := func(b *browser, name, code string) any {
		_, answer := b.send("POST", "/login", "application/json", strings.NewReader(`{"challenge":"`+challenge+`","name":"`+name+`","code":"`+code+`"}`))
		return reasonIn(answer)
	}
	for _, name := range []string{"张示例", "张试例"} {
		if got := login(stranger, name, wrong); got != "code_wrong" {
			t.Errorf("without the code %s learns %v", name, got)
		}
	}
	if got := login(b, "张试例", code); got != "name_mismatch" {
		t.Fatalf("with the code: %v", got)
	}
	for _, one := range []*browser{stranger, openBrowser(t, w)} {
		if _, answer := one.send("GET", "/name-check", "application/json", nil); reasonIn(answer) != "name_check_expired" {
			t.Errorf("a stranger sees %v", answer)
		}
		if _, answer := one.handIn("/name-check", map[string]string{"name": "张试例"}, album(t, w, "face.jpg")); reasonIn(answer) != "name_check_expired" {
			t.Errorf("a stranger asks: %v", answer)
		}
	}
	status, answer := b.handIn("/name-check", map[string]string{"name": "张试例"}, album(t, w, "face.jpg"))
	if status != http.StatusOK || len(answer["filed"].([]any)) != 1 {
		t.Fatalf("filed: %d %v", status, answer)
	}
	if text := strings.ReplaceAll(jsonOf(t, answer), "张试例", ""); strings.Contains(text, "张示例") {
		t.Error("the answer tells the roster's name")
	}
	if status, _ := b.send("GET", "/corrections", "application/json", nil); status != http.StatusUnauthorized {
		t.Errorf("a name check opens the corrections: %d", status)
	}
}

func jsonOf(t *testing.T, value any) string {
	t.Helper()
	body, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
