// Package pay speaks with WeChat Pay v3 (微信支付) in public-key mode: it makes,
// asks about and closes orders, and reads notices. What WeChat Pay signed is a
// fact; everything else, above all an unsigned 4xx, proves nothing.
package pay

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/notify"
	"github.com/wechatpay-apiv3/wechatpay-go/core/option"
)

// Client is the merchant; without a merchant number it is switched off.
type Client struct {
	cfg     Config
	api     *core.Client
	notices *notify.Handler
	key     *rsa.PrivateKey
}

const timeout = 8 * time.Second

// Errors of the gateway; none of them is proof of anything but ErrRefused for the request itself.
var (
	// ErrUnknown says that nobody knows whether WeChat Pay did what was asked: time-out, broken or unsigned answer, 5xx.
	ErrUnknown = errors.New("wechat pay: outcome unknown")
	// ErrMissing says that WeChat Pay does not know the order (unsigned).
	ErrMissing = errors.New("wechat pay: order does not exist")
	// ErrPaid says that the order is paid (unsigned): ask, then believe the signed answer.
	ErrPaid = errors.New("wechat pay: order is paid")
	// ErrClosed says that the order is closed (unsigned).
	ErrClosed = errors.New("wechat pay: order is closed")
	// ErrOtherEvent says that a notice is genuine and speaks of something else than a payment.
	ErrOtherEvent = errors.New("wechat pay: not a notice of payment")
	// ErrOff says that no merchant is configured, so that nothing was asked.
	ErrOff = errors.New("wechat pay: no merchant is configured")
	// ErrRefused says that WeChat Pay refused the request as it stands.
	ErrRefused = errors.New("wechat pay: refused")
)

// New makes the client of a merchant; rt is the one way out of the process.
func New(cfg Config, rt http.RoundTripper) (*Client, error) {
	c := &Client{cfg: cfg}
	if cfg.MchID == "" {
		return c, nil
	}
	if wrong := cfg.Validate(); len(wrong) > 0 {
		return nil, errors.New(wrong[0])
	}
	key, err := cfg.privateKey()
	if err != nil {
		return nil, err
	}
	public, err := cfg.publicKey()
	if err != nil {
		return nil, err
	}
	c.key = key
	c.api, err = core.NewClient(context.Background(),
		option.WithWechatPayPublicKeyAuthCipher(cfg.MchID, cfg.Serial, key, cfg.PublicKeyID, public),
		option.WithHTTPClient(&http.Client{Transport: rt, Timeout: timeout}))
	if err != nil {
		return nil, fmt.Errorf("wechat pay client: %w", err)
	}
	c.notices, err = notify.NewRSANotifyHandler(cfg.APIv3Key.Raw(), verifiers.NewSHA256WithRSAPubkeyVerifier(cfg.PublicKeyID, *public))
	return c, err
}

// Enabled says that a merchant is configured.
func (c *Client) Enabled() bool { return c.api != nil }

// Merchant is the account and the merchant number that a fact must carry.
func (c *Client) Merchant() (appID, mchID string) { return c.cfg.AppID, c.cfg.MchID }

// typed turns the library's errors into ours; its own words hold headers and bodies and are not kept.
func typed(err error) error {
	if err == nil {
		return nil
	}
	var api *core.APIError
	if !errors.As(err, &api) {
		var timeout net.Error
		if errors.As(err, &timeout) && timeout.Timeout() {
			return fmt.Errorf("%w: timeout", ErrUnknown)
		}
		return fmt.Errorf("%w: no valid answer", ErrUnknown)
	}
	switch api.Code {
	case "ORDER_NOT_EXIST", "ORDERNOTEXIST":
		return ErrMissing
	case "ORDERPAID", "ORDER_PAID":
		return ErrPaid
	case "ORDER_CLOSED", "ORDERCLOSED":
		return ErrClosed
	}
	if api.StatusCode >= 500 || api.StatusCode == http.StatusTooManyRequests || api.StatusCode == http.StatusAccepted {
		return fmt.Errorf("%w: %d %s", ErrUnknown, api.StatusCode, api.Code)
	}
	return fmt.Errorf("%w: %d %s", ErrRefused, api.StatusCode, api.Code)
}
