package identity

import (
	"context"
	"fmt"
	"strconv"
)

// SMSTemplate gives the words of an SMS template of this account with their
// variables {1} {2} …; one that is unknown, not approved yet or refused is an error.
func (c *Client) SMSTemplate(ctx context.Context, id string) (string, error) {
	return c.smsTemplate(ctx, id, 0)
}

// SMSTemplateAbroad does the same for a template that is approved for phones abroad (国际/港澳台).
func (c *Client) SMSTemplateAbroad(ctx context.Context, id string) (string, error) {
	return c.smsTemplate(ctx, id, 1)
}

func (c *Client) smsTemplate(ctx context.Context, id string, international int) (string, error) {
	number, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return "", fmt.Errorf("SMS template %q is no number", id)
	}
	var answer struct {
		DescribeTemplateStatusSet []struct {
			TemplateId      uint64
			StatusCode      int
			TemplateContent string
		}
	}
	err = call(ctx, c.sms, "sms", "2021-01-11", "DescribeSmsTemplateList",
		map[string]any{"International": international, "TemplateIdSet": []uint64{number}}, &answer)
	if err != nil {
		return "", err
	}
	for _, t := range answer.DescribeTemplateStatusSet {
		if t.TemplateId == number && t.StatusCode == 0 {
			return t.TemplateContent, nil
		}
	}
	return "", fmt.Errorf("the account has no approved SMS template %s", id)
}
