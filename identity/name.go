package identity

import (
	"context"

	"xinsheng/enroll"
)

// The answers of a name check (身份信息认证).
const (
	NameMatch    = "match"
	NameMismatch = "mismatch"
	NameUnknown  = "unknown"
)

// CheckName asks whether name and number belong together: match, mismatch or
// unknown; unknown comes with an error where the service failed.
func (c *Client) CheckName(ctx context.Context, number enroll.IDNumber, name string) (string, error) {
	var answer struct{ Result, RequestId string }
	err := call(ctx, c.faceid, "faceid", "2018-03-01", "IdCardVerification", map[string]any{"IdCard": number.Raw(), "Name": name}, &answer)
	if err != nil {
		return NameUnknown, err
	}
	switch answer.Result {
	case "0":
		return NameMatch, nil
	case "-1":
		return NameMismatch, nil
	case "-2", "-3", "-5":
		return NameUnknown, nil
	}
	return NameUnknown, &failure{Code: "IdCardVerification " + answer.Result, RequestID: answer.RequestId}
}
