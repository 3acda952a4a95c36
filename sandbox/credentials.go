package sandbox

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"strings"
)

// Credentials is everything that a college would copy from the three vendors' consoles into config.yaml to
// use one world: official account, merchant, cloud account, and the ids of the templates approved there.
type Credentials struct {
	AppID          string // of the official account (服务号), "wx" and 16 hex digits
	AppSecret      string // 32 hex digits
	Token          string // of the message callback
	EncodingAESKey string // 43 characters, of the message callback in safe mode

	MchID          string // of the merchant, ten digits
	MerchantSerial string // serial number of the merchant's API certificate
	MerchantKeyPEM string // the merchant's private key, PKCS#8
	APIv3Key       string // 32 characters, opens the notices
	PublicKeyID    string // "PUB_KEY_ID_…", names WeChat Pay's key
	PublicKeyPEM   string // WeChat Pay's public key, PKIX

	SecretID  string // of the Tencent Cloud account
	SecretKey string
	SMSAppID  string // SmsSdkAppId
	SMSSign   string // the approved signature (短信签名)

	SMSTemplates    map[string]string // our event -> template id; the texts stand in docs/sandbox.md
	WeChatTemplates map[string]string // our event -> template id; the keywords stand in docs/sandbox.md
}

// collegeName is the account, payee and SMS signature of every world.
const collegeName = "示例大学"

// newCredentials makes a world of its own; the two RSA keys are the sandbox's, since worlds are told apart by
// their ids and making keys takes longer than a test should.
func newCredentials(keys keyPair) (Credentials, error) {
	merchant, err := x509.MarshalPKCS8PrivateKey(keys.merchant)
	if err != nil {
		return Credentials{}, fmt.Errorf("encode merchant key: %w", err)
	}
	platform, err := x509.MarshalPKIXPublicKey(&keys.platform.PublicKey)
	if err != nil {
		return Credentials{}, fmt.Errorf("encode platform key: %w", err)
	}
	c := Credentials{
		AppID:          "wx" + randomHex(8),
		AppSecret:      randomHex(16),
		Token:          randomHex(8),
		EncodingAESKey: randomText(42) + "A", // the last two bits of the last character must be zero
		MchID:          "19" + randomDigits(8),
		MerchantSerial: strings.ToUpper(randomHex(20)),
		MerchantKeyPEM: pemText("PRIVATE KEY", merchant),
		APIv3Key:       randomText(32),
		PublicKeyID:    "PUB_KEY_ID_0" + randomDigits(30),
		PublicKeyPEM:   pemText("PUBLIC KEY", platform),
		SecretID:       "AKID" + randomText(32),
		SecretKey:      randomText(32),
		SMSAppID:       "14" + randomDigits(8),
		SMSSign:        collegeName,
		SMSTemplates:   map[string]string{}, WeChatTemplates: map[string]string{},
	}
	c.approve()
	return c, nil
}

// keyPair holds the two private keys of the world of payments: the merchant's and WeChat Pay's own.
type keyPair struct{ merchant, platform *rsa.PrivateKey }

func newKeyPair() (keyPair, error) {
	merchant, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return keyPair{}, fmt.Errorf("make merchant key: %w", err)
	}
	platform, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return keyPair{}, fmt.Errorf("make platform key: %w", err)
	}
	return keyPair{merchant, platform}, nil
}

func pemText(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails since Go 1.24
	return b
}

func randomHex(n int) string { return hex.EncodeToString(randomBytes(n)) }

func randomText(n int) string {
	return randomFrom("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", n)
}

func randomDigits(n int) string { return randomFrom("0123456789", n) }

func randomFrom(alphabet string, n int) string {
	b := randomBytes(n)
	for i := range b {
		b[i] = alphabet[int(b[i])%len(alphabet)]
	}
	return string(b)
}
