package sandbox

import "strconv"

// smsTemplateStatus is one template as DescribeSmsTemplateList tells of it; StatusCode 0 is approved.
type smsTemplateStatus struct {
	TemplateId      uint64
	International   int
	StatusCode      int
	ReviewReply     string
	TemplateName    string
	CreateTime      int64
	TemplateContent string
}

// listSMSTemplates tells of the templates that were asked for; unknown ones, and those of the other kind, are left out.
func (c cloudCall) listSMSTemplates() reply {
	var q struct {
		International *int
		TemplateIdSet []uint64
		Limit, Offset int
	}
	if bad, ok := c.decode(&q); !ok {
		return bad
	}
	if q.International == nil {
		return missing("International")
	}
	if len(q.TemplateIdSet) > 100 {
		return cloudError("InvalidParameterValue.TemplateIdSetLimit", "at most 100 templates at a time")
	}
	list := []smsTemplateStatus{}
	for _, id := range q.TemplateIdSet {
		if t, known := c.smsTemplate(strconv.FormatUint(id, 10)); known && t.Abroad == (*q.International == 1) {
			list = append(list, smsTemplateStatus{TemplateId: id, International: *q.International, TemplateName: t.Event, TemplateContent: t.Text})
		}
	}
	return cloudOK(map[string]any{"DescribeTemplateStatusSet": list})
}
