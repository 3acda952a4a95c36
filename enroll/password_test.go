package enroll

import "testing"

func TestCheckPassword(t *testing.T) {
	for password, want := range map[string]Reason{
		"short-Pw9x":               "password_short",
		"password123456":           "password_common",
		"P@ssw0rd2026!!":           "password_common",
		"Woaini5201314!":           "password_common",
		"qwertyuiop1234":           "password_common",
		"aaaaaaaaaaaaaa":           "password_common",
		"chenlaoshi2026":           "password_common",
		"xueji-chenlaoshi":         "password_common",
		"Admin@123456789":          "password_common",
		"abababababab":             "password_common",
		"correct horse battery":    "",
		"茉莉花茶配豆浆油条两根":              "password_short",
		"茉莉花茶配豆浆油条两根半":             "",
		"tulip-93-bridge-kettle":   "",
		"Gv7!kq2Lp0zR":             "",
		"我爱北京天安门上太阳升起来了":           "",
		"plum Tree behind 3 barns": "",
	} {
		if got := ReasonOf(CheckPassword(password, "xueji", "chenlaoshi")); got != want {
			t.Errorf("%s: %q, want %q", password, got, want)
		}
	}
}
