package pay

import (
	"crypto/rsa"
	"os"
	"regexp"
	"strings"

	"github.com/wechatpay-apiv3/wechatpay-go/utils"

	"xinsheng/enroll"
)

// Config is the merchant as the console of WeChat Pay shows it (账户中心 › API 安全), in public-key mode.
type Config struct {
	AppID  string `koanf:"app_id"`
	MchID  string `koanf:"mch_id"`
	Serial string `koanf:"serial"`
	// PrivateKey is the merchant's key as PEM text, or the path of apiclient_key.pem.
	PrivateKey  enroll.Secret `koanf:"private_key"`
	APIv3Key    enroll.Secret `koanf:"apiv3_key"`
	PublicKeyID string        `koanf:"public_key_id"`
	// PublicKey is WeChat Pay's public key as PEM text, or the path of pub_key.pem.
	PublicKey string `koanf:"public_key"`
}

var appID = regexp.MustCompile(`^wx[0-9a-f]{16}$`)
var mchID = regexp.MustCompile(`^[0-9]{8,10}$`)

// Validate lists every mistake of the configuration; an empty merchant number means: without WeChat Pay.
func (c Config) Validate() []string {
	if c.MchID == "" {
		return nil
	}
	var wrong []string
	add := func(bad bool, text string) {
		if bad {
			wrong = append(wrong, text)
		}
	}
	add(!mchID.MatchString(c.MchID), "pay.mch_id should be the merchant number (商户号), 8 to 10 digits")
	add(!appID.MatchString(c.AppID), "pay.app_id should be the account's app id, bound to the merchant")
	add(c.Serial == "", "pay.serial is empty: the serial number of the merchant's API certificate")
	add(len(c.APIv3Key.Raw()) != 32, "pay.apiv3_key should have exactly 32 characters")
	add(!strings.HasPrefix(c.PublicKeyID, "PUB_KEY_ID_"), "pay.public_key_id should begin with PUB_KEY_ID_ (微信支付公钥 ID)")
	_, err := c.privateKey()
	add(err != nil, "pay.private_key cannot be read: PEM text, or the path of apiclient_key.pem")
	_, err = c.publicKey()
	add(err != nil, "pay.public_key cannot be read: PEM text, or the path of pub_key.pem (not apiclient_cert.pem)")
	return wrong
}

func (c Config) privateKey() (*rsa.PrivateKey, error) {
	text, err := pemText(c.PrivateKey.Raw())
	if err != nil {
		return nil, err
	}
	return utils.LoadPrivateKey(text)
}

func (c Config) publicKey() (*rsa.PublicKey, error) {
	text, err := pemText(c.PublicKey)
	if err != nil {
		return nil, err
	}
	return utils.LoadPublicKey(text)
}

func pemText(value string) (string, error) {
	if strings.Contains(value, "-----BEGIN") {
		return value, nil
	}
	body, err := os.ReadFile(value)
	return string(body), err
}
