package enroll

import "time"

// PayLink lets somebody else pay one bill without a login (代付链接): it dies
// with its time, by the student's will, by a newer link, or when the bill changes.
type PayLink struct {
	ID           string
	Bill         string
	Registration string
	BillVersion  int
	// Live says that neither the student nor a newer link has ended it.
	Live      bool
	CreatedAt time.Time
	ExpiresAt time.Time
}

// PaidByOther is what the timeline says of money that came by a link from another WeChat.
const PaidByOther = "已由他人支付"

// PayLinkMemory is how long after its end a link still tells its payer that the bill is paid.
const PayLinkMemory = 24 * time.Hour

// Pays says whether somebody may begin to pay by this link; WeChat Pay wants an order to last a minute at least.
func (l PayLink) Pays(b Bill, now time.Time) error {
	switch {
	case !l.Live:
		return Fail("pay_link_revoked")
	case l.BillVersion != b.Version, !now.Add(time.Minute).Before(l.ExpiresAt):
		return Fail("pay_link_expired")
	}
	return nil
}
