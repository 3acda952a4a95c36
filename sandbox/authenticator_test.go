package sandbox

import (
	"net/http"
	"testing"
)

// TestPhoneScansAuthenticator: the QR of an account adds an entry, once, which the state file keeps; no other code does.
func TestPhoneScansAuthenticator(t *testing.T) {
	s := newTestPhone(t, newFakeSite(t).URL)
	scan := func(uri string) int {
		return phoneAct(s, "enrol", `{"user":"D01","text":"`+uri+`"}`, phoneURL).Code
	}
	first := `otpauth://totp/%E6%96%B0%E7%94%9F%E6%B3%A8%E5%86%8C:xueji?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E6%96%B0%E7%94%9F%E6%B3%A8%E5%86%8C&period=30`
	if code := scan(first); code != http.StatusOK {
		t.Fatalf("scan: %d", code)
	}
	shown := phoneStateOf(t, s, "D01").Authenticator
	if len(shown) != 1 || shown[0].Account != "xueji" || shown[0].Issuer != "新生注册" || len(shown[0].Code) != 6 || shown[0].Until <= s.config.Now().UnixMilli() {
		t.Fatalf("shown %+v", shown)
	}
	again := `otpauth://totp/%E6%96%B0%E7%94%9F%E6%B3%A8%E5%86%8C:xueji?secret=MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U&issuer=%E6%96%B0%E7%94%9F%E6%B3%A8%E5%86%8C`
	if code := scan(again); code != http.StatusOK {
		t.Fatalf("another seed: %d", code)
	}
	if after := phoneStateOf(t, s, "D01").Authenticator; len(after) != 1 {
		t.Errorf("the account stands twice: %+v", after)
	}
	for _, uri := range []string{"otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQ&counter=1", "otpauth://totp/x?secret=", "otpauth://totp/x?secret=not-base32", "https://example.edu"} {
		if code := scan(uri); code == http.StatusOK {
			t.Errorf("%s was taken", uri)
		}
	}
}
