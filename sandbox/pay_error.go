package sandbox

import "net/http"

// payError is a failure in WeChat Pay's shape.
func payError(status int, code, message string) reply {
	out := jsonReply(status, map[string]any{"code": code, "message": message})
	out.code = code
	return out
}

// payParam is PARAM_ERROR with the place that WeChat Pay names.
func payParam(field, issue string) reply {
	out := jsonReply(http.StatusBadRequest, map[string]any{
		"code": "PARAM_ERROR", "message": "输入源“/body/" + field + "”" + issue,
		"detail": map[string]any{"location": "body", "field": "/" + field, "issue": issue},
	})
	out.code = "PARAM_ERROR"
	return out
}

// payStatus is the HTTP status that goes with an error code, 400 if we know no other.
func payStatus(code string) int {
	switch code {
	case "SIGN_ERROR":
		return http.StatusUnauthorized
	case "NO_AUTH", "RULE_LIMIT", "RULELIMIT", "TRADE_ERROR", "OUT_TRADE_NO_USED", "NOT_ENOUGH", "ACCOUNT_ERROR", "ACCOUNTERROR":
		return http.StatusForbidden
	case "ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS":
		return http.StatusNotFound
	case "FREQUENCY_LIMITED", "FREQUENCY_LIMIT_EXCEED":
		return http.StatusTooManyRequests
	case "SYSTEM_ERROR", "SYSTEMERROR", "OPENID_MISMATCH", "BANK_ERROR":
		return http.StatusInternalServerError
	case "USERPAYING":
		return http.StatusAccepted
	}
	return http.StatusBadRequest
}
