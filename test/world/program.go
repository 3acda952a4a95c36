package world

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

// Environment lets another process of the program join this world, at an
// address of its own: the same database, keys, files, Redis and outside.
func (w *World) Environment(listen, publicURL string) []string {
	k := w.Credentials
	env := []string{
		"LISTEN=" + listen, "PUBLIC_URL=" + publicURL, "SANDBOX=" + w.Outside,
		"DATA=" + w.folder, "KEYS=" + filepath.Join(w.folder, "keys.json"),
		"DATABASE__DRIVER=" + w.database.Driver, "DATABASE__DSN=" + w.database.DSN.Raw(),
		"WECHAT__APP_ID=" + k.AppID, "WECHAT__SECRET=" + k.AppSecret, "WECHAT__TOKEN=" + k.Token,
		"WECHAT__AES_KEY=" + k.EncodingAESKey, "WECHAT__OPEN_BASE=" + w.Outside + "/open",
		"PAY__APP_ID=" + k.AppID, "PAY__MCH_ID=" + k.MchID, "PAY__SERIAL=" + k.MerchantSerial, "PAY__PRIVATE_KEY=" + k.MerchantKeyPEM,
		"PAY__APIV3_KEY=" + k.APIv3Key, "PAY__PUBLIC_KEY_ID=" + k.PublicKeyID, "PAY__PUBLIC_KEY=" + k.PublicKeyPEM,
		"TENCENT__SECRET_ID=" + k.SecretID, "TENCENT__SECRET_KEY=" + k.SecretKey, "TENCENT__SMS_APP_ID=" + k.SMSAppID,
		"TENCENT__SMS_SIGN=" + k.SMSSign, "SMS_CODE=" + k.SMSTemplates["login"], "SMS_CODE_ABROAD=" + k.SMSTemplates["login_abroad"],
	}
	if w.redis != "" {
		env = append(env, "KV__ADDRESSES="+w.redis)
	}
	for i := range env {
		env[i] = "XINSHENG_" + env[i]
	}
	return env
}

// Database opens the world's database for questions that the program never asks.
func (w *World) Database(t testing.TB) *sql.DB {
	t.Helper()
	source := w.database.DSN.Raw()
	if w.database.Driver == "sqlite" {
		source = "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(source) + "?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(w.database.Driver, source)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}
