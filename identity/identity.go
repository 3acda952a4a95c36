// Package identity speaks with Tencent Cloud: it sends SMS, compares a face
// with the authority's photo, and checks a name against a number. It is the one
// place that knows Tencent's two shapes of failure (wechat.md §4).
package identity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tcerr "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"

	"xinsheng/enroll"
)

// Config is the cloud account as its console shows it (访问密钥, 短信, 人脸核身).
type Config struct {
	SecretID  string        `koanf:"secret_id"`
	SecretKey enroll.Secret `koanf:"secret_key"`
	// Region of the SMS service; ap-guangzhou if empty.
	Region string `koanf:"region"`
	// SMSAppID is SmsSdkAppId, SMSSign the words of the approved signature (签名内容).
	SMSAppID string `koanf:"sms_app_id"`
	SMSSign  string `koanf:"sms_sign"`
	// FaceAction is ImageRecognitionV2, or ImageRecognition for accounts opened before it.
	FaceAction string `koanf:"face_action"`
	// FaceThreshold is the likeness from which on a face is the person's: 70 of 100, or 80 for ImageRecognition.
	FaceThreshold float64 `koanf:"face_threshold"`
}

// The actions that compare a photo with the authority's.
const (
	recognitionV2 = "ImageRecognitionV2"
	recognitionV1 = "ImageRecognition"
)

func (c Config) withDefaults() Config {
	if c.Region == "" {
		c.Region = "ap-guangzhou"
	}
	if c.FaceAction == "" {
		c.FaceAction = recognitionV2
	}
	if c.FaceThreshold == 0 && c.FaceAction == recognitionV1 {
		c.FaceThreshold = 80
	}
	if c.FaceThreshold == 0 {
		c.FaceThreshold = 70
	}
	return c
}

// Validate lists every mistake of the configuration.
func (c Config) Validate() []string {
	var wrong []string
	add := func(bad bool, text string) {
		if bad {
			wrong = append(wrong, text)
		}
	}
	add(c.SecretID == "", "tencent.secret_id is empty")
	add(c.SecretKey == "", "tencent.secret_key is empty")
	add(c.SMSAppID == "", "tencent.sms_app_id is empty (SmsSdkAppId)")
	add(c.SMSSign == "", "tencent.sms_sign is empty: the words of the approved signature, without 【】")
	full := c.withDefaults()
	add(full.FaceAction != recognitionV1 && full.FaceAction != recognitionV2, "tencent.face_action should be ImageRecognitionV2 or ImageRecognition")
	add(full.FaceThreshold < 60 || full.FaceThreshold > 100, "tencent.face_threshold should be between 60 and 100; Tencent recommends 70")
	return wrong
}

// Client is the cloud account.
type Client struct {
	cfg    Config
	sms    *common.Client
	faceid *common.Client
}

// Calls end after this many seconds: an SMS is a short text, a face a picture.
const (
	smsTimeout  = 5
	faceTimeout = 10
)

// New opens the account; every call goes through rt.
func New(cfg Config, rt http.RoundTripper) (*Client, error) {
	cfg = cfg.withDefaults()
	return &Client{cfg: cfg, sms: newClient(cfg, rt, smsTimeout), faceid: newClient(cfg, rt, faceTimeout)}, nil
}

func newClient(cfg Config, rt http.RoundTripper, seconds int) *common.Client {
	p := profile.NewClientProfile()
	p.HttpProfile.ReqTimeout = seconds
	p.DisableRegionBreaker = true
	return common.NewCommonClient(common.NewCredential(cfg.SecretID, cfg.SecretKey.Raw()), cfg.Region, p).WithHttpTransport(rt)
}

// failure is an answer that says no: by Response.Error, or by no answer at all.
type failure struct {
	Code      string
	RequestID string
	cause     error
}

// Error names code and request only: Tencent's messages and bodies may hold what we sent.
func (f *failure) Error() string {
	if f.RequestID == "" {
		return "tencent: " + f.Code
	}
	return fmt.Sprintf("tencent: %s (request %s)", f.Code, f.RequestID)
}

// Unwrap lets callers find a timeout.
func (f *failure) Unwrap() error { return f.cause }

// call asks one action and reads its Response into out.
func call(ctx context.Context, c *common.Client, service, version, action string, params map[string]any, out any) error {
	q := tchttp.NewCommonRequest(service, version, action)
	q.SetContext(ctx)
	if err := q.SetActionParameters(params); err != nil {
		return scrubbed(err)
	}
	r := tchttp.NewCommonResponse()
	if err := c.Send(q, r); err != nil {
		return scrubbed(err)
	}
	answer := struct{ Response any }{out}
	if err := json.Unmarshal(r.GetBody(), &answer); err != nil {
		return &failure{Code: "ClientError.UnexpectedAnswer"}
	}
	return nil
}

// scrubbed keeps of an error what may be logged. Failures of the network are
// kept as they are, since their text holds host and reason only.
func scrubbed(err error) error {
	var known *tcerr.TencentCloudSDKError
	if !errors.As(err, &known) {
		return &failure{Code: "ClientError.NetworkError", cause: err}
	}
	if strings.HasPrefix(known.Code, "ClientError.Network") {
		return &failure{Code: known.Code, cause: errors.Unwrap(known)}
	}
	return &failure{Code: known.Code, RequestID: known.RequestId}
}

// CodeOf is Tencent's code of an error, or "".
func CodeOf(err error) string {
	var f *failure
	if errors.As(err, &f) {
		return f.Code
	}
	return ""
}
