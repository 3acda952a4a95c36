package service

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/wechat/oa"
)

// The list of what waits goes out on working days from digestHour on, once; digestTick is how often that is looked for.
const (
	digestHour = 8
	digestTick = time.Minute
)

// DigestRow is one kind of work that waits for a member of staff, and the page where it is done.
type DigestRow struct {
	Name   string
	Count  int
	Oldest time.Time
	Path   string
}

// Digest lists what waits for this member of staff now (今日待办); what does not wait is left out.
func (s *Service) Digest(ctx context.Context, d *Duty) ([]DigestRow, error) {
	gather := map[enroll.Role]func(context.Context, *Duty) ([]DigestRow, error){
		enroll.RoleClerk: s.clerkDigest, enroll.RoleRegistrar: s.registrarDigest, enroll.RoleFinance: s.financeDigest, enroll.RoleAdmin: s.adminDigest,
	}[d.Staff.Role]
	if gather == nil {
		return nil, nil
	}
	all, err := gather(ctx, d)
	var rows []DigestRow
	for _, row := range all {
		if row.Count > 0 {
			rows = append(rows, row)
		}
	}
	return rows, err
}

func waitingRow(name, path string, w store.Waiting) DigestRow {
	return DigestRow{Name: name, Path: path, Count: w.Count, Oldest: w.Oldest}
}

// clerkDigest is the first review of the own point, and the students who stand still.
func (s *Service) clerkDigest(ctx context.Context, d *Duty) ([]DigestRow, error) {
	intakes, err := s.Store.Intakes(ctx)
	if err != nil {
		return nil, err
	}
	var rows []DigestRow
	for _, rule := range ReviewKindsOf(d) {
		var asking []string
		for _, i := range intakes {
			if i.Settings.AsksFirst(rule.Kind) {
				asking = append(asking, i.ID)
			}
		}
		if len(asking) == 0 {
			continue
		}
		w, err := s.Store.FirstWaiting(ctx, rule.Kind, d.Staff.Point, asking)
		if err != nil {
			return nil, err
		}
		rows = append(rows, waitingRow("待初审："+rule.Name, "/review/"+string(rule.Kind), w))
	}
	still, err := s.standingStill(ctx, d)
	return append(rows, still...), err
}

// standingStill counts the students of the present intake who have something to do and may need a word.
func (s *Service) standingStill(ctx context.Context, d *Duty) ([]DigestRow, error) {
	board, err := s.Dashboard(ctx, d, DashboardQuery{})
	if enroll.ReasonOf(err) == "intake_none" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list := "/students?intake=" + board.Intake.ID
	return []DigestRow{
		{Name: "退回后还没有改好", Count: board.Statuses[enroll.Returned], Path: list + "&status=returned"},
		{Name: "已提交还没有缴费", Count: board.Statuses[enroll.Payable], Path: list + "&status=payable"},
		{Name: "还没有登录过", Count: board.Stuck[enroll.StepNone], Path: list + "&step=none"},
	}, nil
}

func (s *Service) registrarDigest(ctx context.Context, d *Duty) ([]DigestRow, error) {
	var rows []DigestRow
	for _, rule := range enroll.ReviewRules {
		w, err := glanceAt(s.Glances, "review:"+string(rule.Kind), func() (store.Waiting, error) { return s.Store.ReviewWaiting(ctx, rule.Kind, "") })
		if err != nil {
			return nil, err
		}
		rows = append(rows, waitingRow("待审核："+rule.Name, "/review/"+string(rule.Kind), w))
	}
	approvals, err := s.Store.ApprovalsWaiting(ctx, d.Staff.Account)
	if err != nil {
		return nil, err
	}
	alerts, err := glanceAt(s.Glances, "alerts", func() ([]enroll.Alert, error) { return s.Alerts(ctx, false) })
	if err != nil {
		return nil, err
	}
	still, err := s.standingStill(ctx, d)
	rows = append(rows, waitingRow("待复核", "/approvals", approvals), DigestRow{Name: "风险提示未看", Count: len(alerts), Path: "/alerts"})
	return append(rows, still...), err
}

func (s *Service) financeDigest(ctx context.Context, _ *Duty) ([]DigestRow, error) {
	cases, err := s.Store.CasesWaiting(ctx)
	return []DigestRow{waitingRow("未关闭的异常", "/cases", cases)}, err
}

func (s *Service) adminDigest(ctx context.Context, d *Duty) ([]DigestRow, error) {
	approvals, err := s.Store.ApprovalsWaiting(ctx, d.Staff.Account)
	return []DigestRow{waitingRow("待复核", "/approvals", approvals)}, err
}

// RunDigest sends the list of the day to who bound a WeChat for it, until ctx ends; any number of replicas may run it.
func (s *Service) RunDigest(ctx context.Context) error {
	tick := time.NewTicker(digestTick)
	defer tick.Stop()
	for {
		err := s.SendDigests(ctx)
		s.beat(ctx, "digest", err)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("daily lists", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// SendDigests writes today's lists into the outbox, once for each account, on working days from eight o'clock on.
func (s *Service) SendDigests(ctx context.Context) error {
	now := s.Now().In(enroll.Shanghai)
	if now.Hour() < digestHour || !s.OA.Enabled() {
		return nil
	}
	calendar, err := s.Calendar(ctx)
	if err != nil || !calendar.Works(now) {
		return err
	}
	due, err := s.Store.DigestDue(ctx, enroll.Day(now), now)
	if err != nil {
		return err
	}
	for _, p := range due {
		if err := s.sendDigest(ctx, p, enroll.Day(now)); err != nil {
			return fmt.Errorf("daily list of %s: %w", p.Account, err)
		}
	}
	return nil
}

// digestLetter is what the outbox keeps of a list: who gets it, and what it said when it was written.
type digestLetter struct {
	OpenID string `json:"openid"`
	Text   string `json:"text"`
	Count  int    `json:"count"`
}

// sendDigest claims the day and writes the message; where nothing waits, nobody is disturbed.
func (s *Service) sendDigest(ctx context.Context, p enroll.Staff, day string) error {
	rows, err := s.Digest(ctx, &Duty{Staff: p})
	if err != nil {
		return err
	}
	letter := digestLetter{OpenID: p.OpenID}
	var parts []string
	for _, row := range rows {
		letter.Count += row.Count
		parts = append(parts, fmt.Sprintf("%s %d", row.Name, row.Count))
	}
	letter.Text = fmt.Sprintf("共 %d 项：%s", letter.Count, strings.Join(parts, "，"))
	payload, err := json.Marshal(letter)
	if err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		won, err := tx.ClaimDigest(ctx, p.ID, day)
		if err != nil || !won || letter.Count == 0 {
			return err
		}
		return s.enqueue(ctx, tx, enroll.OutboxMessage{Kind: enroll.OutboxDigest, Dedupe: "digest:" + p.ID + ":" + day, Payload: payload})
	})
}

// deliverDigest sends one list by the template that the present intake names for it.
func (s *Service) deliverDigest(ctx context.Context, m enroll.OutboxMessage) error {
	var letter digestLetter
	if err := json.Unmarshal(m.Payload, &letter); err != nil {
		return fmt.Errorf("%w: %w", errDead, err)
	}
	intake, err := s.CurrentIntake(ctx)
	if err != nil && enroll.ReasonOf(err) != "intake_none" {
		return err
	}
	wording := intake.Settings.Messages[enroll.MessageDigest]
	if wording.WeChat == "" {
		return nil // the college has no template for it: the list stands on the site
	}
	fields := map[string]string{
		"matter": "今日待办", "reason": letter.Text, "time": enroll.Minute(m.CreatedAt), "until": enroll.Day(m.CreatedAt),
		"school": intake.Settings.School, "intake": intake.Name,
	}
	data := map[string]string{}
	for keyword, field := range wording.Keywords {
		data[keyword] = fit(keyword, fields[field])
	}
	_, err = s.OA.Send(ctx, oa.TemplateMessage{
		OpenID: letter.OpenID, TemplateID: wording.WeChat, URL: s.Config.PublicURL + "/staff/", Data: data, ClientMsgID: m.ID,
	})
	switch oa.CodeOf(err) {
	case 40003, 43004, 47003, 40037:
		return nil // refused for good: the list stands on the site
	}
	return err
}

// SetDigest switches the daily list for this member of staff (每日待办提醒).
func (s *Service) SetDigest(ctx context.Context, d *Duty, wanted bool) error {
	p := d.Staff
	p.Digest = wanted
	return s.keepDigest(ctx, d, p, map[bool]string{true: "打开", false: "关闭"}[wanted])
}

// BindStaffWeChat lets the daily list come to a WeChat, by the code that the account answered to 推送测试.
func (s *Service) BindStaffWeChat(ctx context.Context, d *Duty, code string) error {
	openid, err := s.KV.GetDel(ctx, "push:tester:"+strings.TrimSpace(code)).Result()
	if err != nil {
		return enroll.FailField("code", "staff_wechat").Because(err)
	}
	p := d.Staff
	p.OpenID, p.Digest = openid, true
	return s.keepDigest(ctx, d, p, "绑定微信")
}

// UnbindStaffWeChat lets the daily list come no more.
func (s *Service) UnbindStaffWeChat(ctx context.Context, d *Duty) error {
	p := d.Staff
	p.OpenID = ""
	return s.keepDigest(ctx, d, p, "解除微信")
}

func (s *Service) keepDigest(ctx context.Context, d *Duty, p enroll.Staff, what string) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.SetDigest(ctx, p); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "digest", p.ID, what)
	})
}
