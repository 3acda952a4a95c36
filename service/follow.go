package service

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/wechat/oa"
)

// FollowState is whether the WeChat that is bound to a student follows the account (关注状态).
type FollowState string

// The states of following; unknown where WeChat does not say or nobody may bind.
const (
	Following     FollowState = "following"
	NotFollowing  FollowState = "not_following"
	FollowUnknown FollowState = "unknown"
)

// followLife is how long a code to follow by is good; followLeft is what must be left of one that is shown again.
const (
	followLife = 30 * time.Minute
	followLeft = time.Minute
)

// sceneMark tells our codes from others that the college may have made for its account.
const sceneMark = "bind."

// FollowCode is a QR code of the account that carries the student: whoever scans it binds that WeChat.
type FollowCode struct {
	Login     string    `json:"login"`
	Scene     string    `json:"scene"`
	Address   string    `json:"address"`
	ExpiresAt time.Time `json:"expires_at"`
}

// mayBind says whether this login may move the WeChat binding: a face pass, an
// approved archive, or the bound phone, proven by SMS (design §2, who may see what).
func mayBind(v *Visit) bool {
	if v.Student.BoundAt.IsZero() {
		return false
	}
	return identified(v) || v.holdsPhone(v.Student.Phone)
}

// Follow says whether the student's WeChat follows the account. What is not
// known is asked of WeChat once and kept; events tell of changes.
func (s *Service) Follow(ctx context.Context, v *Visit) (FollowState, error) {
	if !s.OA.CallbackEnabled() || !mayBind(v) {
		return FollowUnknown, nil
	}
	if v.Student.OpenID == "" {
		return NotFollowing, nil
	}
	follows, at, err := s.Store.Follower(ctx, v.Student.OpenID)
	if err != nil {
		return "", err
	}
	if s.Now().Sub(at) > followerKept {
		told, err := s.OA.Followers(ctx, []string{v.Student.OpenID})
		if err != nil {
			s.Log.Warn("following is not known", "error", err)
			return FollowUnknown, nil
		}
		follows = told[v.Student.OpenID]
		if err := s.Store.SetFollowers(ctx, told, s.Now()); err != nil {
			return "", err
		}
	}
	if follows {
		return Following, nil
	}
	return NotFollowing, nil
}

func followKey(name string) string { return "follow:" + name }

// OfferFollow gives the code by which this student follows the account, the
// one of a moment ago where it is good still; a new one takes the place of an expired one.
func (s *Service) OfferFollow(ctx context.Context, v *Visit) (FollowCode, error) {
	if !s.OA.CallbackEnabled() {
		return FollowCode{}, enroll.Fail("not_found")
	}
	if !mayBind(v) {
		return FollowCode{}, enroll.Fail("identity_step_needed")
	}
	code, err := s.followCode(ctx, "login:"+v.Login.ID)
	if err != nil || code.ExpiresAt.Sub(s.Now()) > followLeft {
		return code, err
	}
	scene := sceneMark + rand.Text()
	address, life, err := s.OA.QRCode(ctx, scene, followLife)
	if err != nil {
		return FollowCode{}, enroll.Fail("busy").Because(err)
	}
	code = FollowCode{Login: v.Login.ID, Scene: scene, Address: address, ExpiresAt: s.Now().Add(life)}
	body, err := json.Marshal(code)
	if err != nil {
		return FollowCode{}, err
	}
	pipe := s.KV.TxPipeline()
	pipe.Set(ctx, followKey("login:"+v.Login.ID), body, life)
	pipe.Set(ctx, followKey("scene:"+scene), body, life)
	_, err = pipe.Exec(ctx)
	return code, err
}

// followCode reads a code that was made; the zero code where there is none.
func (s *Service) followCode(ctx context.Context, name string) (code FollowCode, err error) {
	body, err := s.KV.Get(ctx, followKey(name)).Bytes()
	if errors.Is(err, redis.Nil) {
		return code, nil
	}
	if err != nil {
		return code, err
	}
	return code, json.Unmarshal(body, &code)
}

// scanned takes the event of somebody who scanned a code: the student whom it
// carries gets that WeChat bound, once, while the login that showed it may still bind.
func (s *Service) scanned(ctx context.Context, event oa.Event) (string, error) {
	const over = "二维码已失效，请刷新页面后重新扫码。"
	release, held, err := s.hold(ctx, event.Scene())
	if err != nil || !held {
		return "", joined(err, enroll.Fail("busy"))
	}
	defer release()
	code, err := s.followCode(ctx, "scene:"+event.Scene())
	if err != nil {
		return "", err
	}
	if code.Login == "" {
		return s.OA.Reply(event, over)
	}
	var v *Visit
	err = s.Store.InTx(ctx, func(tx *store.Store) (err error) {
		v, err = s.bindWeChat(ctx, tx, code.Login, event.From)
		return err
	})
	if reason := enroll.ReasonOf(err); reason == "not_logged_in" || reason == "identity_step_needed" {
		return s.OA.Reply(event, over)
	}
	if err != nil {
		return "", err
	}
	if err := s.KV.Del(ctx, followKey("scene:"+event.Scene()), followKey("login:"+code.Login)).Err(); err != nil {
		return "", err
	}
	r := v.Registration
	return s.OA.Reply(event, "已绑定："+enroll.MaskName(r.Name)+"（"+v.Intake.Name+" "+v.Program.Name+
		"），以后的通知会发到这个微信。如不是您本人操作，请联系学校。\n办理进度："+s.Config.PublicURL+"/go/progress")
}

// bindWeChat binds the WeChat that scanned, if the login is open still and may
// bind; a former one is told, and the phone stays.
func (s *Service) bindWeChat(ctx context.Context, tx *store.Store, login, openid string) (*Visit, error) {
	v, err := s.within(tx).Visit(ctx, login, "", "")
	if err != nil {
		return nil, err
	}
	if !mayBind(v) {
		return nil, enroll.Fail("identity_step_needed")
	}
	if v.Student.OpenID == openid {
		return v, nil
	}
	if err := s.bind(ctx, tx, v.Registration, v.Student.Phone, openid); err != nil || v.Student.OpenID != "" {
		return v, err
	}
	return v, tx.AddEvent(ctx, enroll.RegistrationEvent{
		Registration: v.Registration.ID, At: s.Now(), Event: eventWeChatBound, From: v.Registration.Status, To: v.Registration.Status, By: enroll.ByStudent, ByID: v.Login.ID,
	})
}
