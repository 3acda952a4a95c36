package sandbox

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// cloudCall is a request to Tencent Cloud whose account is known.
type cloudCall struct {
	*World
	r       *http.Request
	host    string
	service string
	body    []byte
}

// cloudAction is an operation of one service in one version.
type cloudAction struct {
	service, version string
	act              func(cloudCall) reply
}

func cloudActions() map[string]cloudAction {
	return map[string]cloudAction{
		"SendSms":                 {"sms", "2021-01-11", cloudCall.sendSMS},
		"ImageRecognition":        {"faceid", "2018-03-01", cloudCall.recognise},
		"ImageRecognitionV2":      {"faceid", "2018-03-01", cloudCall.recognise},
		"DescribeSmsTemplateList": {"sms", "2021-01-11", cloudCall.listSMSTemplates},
		"IdCardVerification":      {"faceid", "2018-03-01", cloudCall.verifyName},
		"IDCardOCR":               {"ocr", "2018-11-19", cloudCall.readCard},
		"CompareFace":             {"iai", "2020-03-03", cloudCall.compareFaces},
	}
}

// serveCloud answers for *.tencentcloudapi.com: always HTTP 200, failures as Response.Error.
func (s *Sandbox) serveCloud(rw http.ResponseWriter, r *http.Request, host string) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		writeReply(rw, cloudError("InvalidRequest", "read body"))
		return
	}
	auth, ok := parseTC3(r.Header.Get("Authorization"))
	if !ok {
		writeReply(rw, cloudError("AuthFailure.InvalidAuthorization", "The request authorization is invalid."))
		return
	}
	w := s.find(func(c Credentials) bool { return c.SecretID == auth.secretID })
	if w == nil {
		writeReply(rw, cloudError("AuthFailure.SecretIdNotFound", "The SecretId is not found, please ensure that your SecretId is correct."))
		return
	}
	c := cloudCall{World: w, r: r, host: host, service: serviceOf(host), body: body}
	w.answer(rw, r, call{
		name: r.Header.Get("X-TC-Action"),
		act:  func() reply { return c.serve(auth) },
		fail: func(code string) reply { return cloudError(code, "") },
	})
}

func (c cloudCall) serve(auth tc3) reply {
	if code, message := c.verify(auth); code != "" {
		return cloudError(code, message)
	}
	name := c.r.Header.Get("X-TC-Action")
	action, ok := cloudActions()[name]
	switch {
	case !ok || action.service != c.service:
		return cloudError("InvalidAction", fmt.Sprintf("The action `%s` is invalid or not found in %s.", name, c.service))
	case c.r.Header.Get("X-TC-Version") != action.version:
		return cloudError("NoSuchVersion", "The version is not found.")
	case c.service == "sms" && c.r.Header.Get("X-TC-Region") == "":
		return cloudError("MissingParameter", "The request is missing a required parameter `Region`.")
	}
	return action.act(c)
}

// tc3 is the Authorization header of Tencent Cloud's signature, version 3.
type tc3 struct{ secretID, date, service, headers, signature string }

var tc3Header = regexp.MustCompile(`^TC3-HMAC-SHA256 Credential=([^/]+)/(\d{4}-\d\d-\d\d)/([a-z]+)/tc3_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$`)

func parseTC3(header string) (tc3, bool) {
	m := tc3Header.FindStringSubmatch(header)
	if m == nil {
		return tc3{}, false
	}
	return tc3{m[1], m[2], m[3], m[4], m[5]}, true
}

// verify is the error code of a request that is not signed as it should be, "" if it is.
func (c cloudCall) verify(auth tc3) (code, message string) {
	stamp := c.r.Header.Get("X-TC-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	at := time.Unix(seconds, 0)
	switch {
	case err != nil:
		return "MissingParameter", "The request is missing a required parameter `Timestamp`."
	case c.sandbox.config.Now().Sub(at).Abs() > 5*time.Minute:
		return "AuthFailure.SignatureExpire", "The provided credentials have expired or the clock is wrong."
	case at.UTC().Format(time.DateOnly) != auth.date || auth.service != c.service:
		return "AuthFailure.SignatureFailure", "The credential scope does not fit the request."
	case !strings.Contains(";"+auth.headers+";", ";content-type;") || !strings.Contains(";"+auth.headers+";", ";host;"):
		return "AuthFailure.SignatureFailure", "content-type and host must be signed."
	case !hmac.Equal([]byte(c.expected(auth, stamp)), []byte(auth.signature)):
		return "AuthFailure.SignatureFailure", "The provided credentials could not be validated. Please check your signature is correct."
	}
	return "", ""
}

// expected computes the signature that the request must carry.
func (c cloudCall) expected(auth tc3, stamp string) string {
	var headers strings.Builder
	for _, name := range strings.Split(auth.headers, ";") {
		value := c.r.Header.Get(name)
		if name == "host" {
			value = c.host
		}
		headers.WriteString(name + ":" + strings.ToLower(strings.TrimSpace(value)) + "\n")
	}
	canonical := strings.Join([]string{c.r.Method, "/", c.r.URL.RawQuery, headers.String(), auth.headers, sha256Hex(c.body)}, "\n")
	scope := auth.date + "/" + auth.service + "/tc3_request"
	key := []byte("TC3" + c.credentials.SecretKey)
	for _, part := range []string{auth.date, auth.service, "tc3_request"} {
		key = hmacSHA256(key, part)
	}
	text := strings.Join([]string{"TC3-HMAC-SHA256", stamp, scope, sha256Hex([]byte(canonical))}, "\n")
	return hex.EncodeToString(hmacSHA256(key, text))
}

func hmacSHA256(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func sha256Hex(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// decode reads the parameters; unknown ones are refused.
func (c cloudCall) decode(into any) (reply, bool) {
	decoder := json.NewDecoder(bytes.NewReader(c.body))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == nil {
		return reply{}, true
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return cloudError("UnknownParameter", "The parameter `"+strings.Trim(field, `"`)+"` is not recognized."), false
	}
	return cloudError("InvalidParameter", err.Error()), false
}

// cloudOK wraps an answer; fields of it stand beside the RequestId.
func cloudOK(fields map[string]any) reply {
	fields["RequestId"] = requestID()
	return jsonReply(http.StatusOK, map[string]any{"Response": fields})
}

// cloudResult is an answer whose failure stands in Result, with no Error: the call itself succeeded.
func cloudResult(result, description string, fields map[string]any) reply {
	fields["Result"], fields["Description"] = result, description
	out := cloudOK(fields)
	if result != "Success" && result != "0" {
		out.code = result
	}
	return out
}

func cloudError(code, message string) reply {
	out := jsonReply(http.StatusOK, map[string]any{"Response": map[string]any{
		"Error": map[string]any{"Code": code, "Message": message}, "RequestId": requestID()}})
	out.code = code
	return out
}

func missing(name string) reply {
	return cloudError("MissingParameter", "The request is missing a required parameter `"+name+"`.")
}

func requestID() string { return newNoticeID() }
