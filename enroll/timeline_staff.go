package enroll

// staffEventTitles are the words of lines that only staff see.
var staffEventTitles = map[string]string{
	"login_unlocked": "解除登录限制", "name_pair": "名单缺字", "face_attempts": "增加人脸识别次数", "bound_by_staff": "老师绑定手机号",
	"unbound_by_staff": "老师解除绑定", "number_issued": "补发学号",
}

// StaffEventTitle is the Chinese title of a line that students do not see.
func StaffEventTitle(e RegistrationEvent) string {
	if title, ok := staffEventTitles[e.Event]; ok {
		return title
	}
	return e.Event
}

// Name is the Chinese word of an outcome.
func (o FaceOutcome) Name() string {
	return map[FaceOutcome]string{
		OutcomePass: "通过", OutcomeNotYou: "不是同一人", OutcomeRetake: "照片不合格", OutcomeNoFace: "没有人脸", OutcomeManyFaces: "多张人脸",
		OutcomeLater: "服务暂不可用", OutcomeNotInLibrary: "照片库中没有此人", OutcomeNameMismatch: "姓名和号码不一致",
	}[o]
}

// Name is the Chinese word of a text.
func (k TextKind) Name() string {
	return map[TextKind]string{
		TextNotice: "通知公告", TextPrivacy: "个人信息处理规则", TextTerms: "用户须知", TextConsent: "人脸信息处理同意书", TextCommitment: "诚信承诺书",
	}[k]
}

// Name is the Chinese word of a channel.
func (c Channel) Name() string {
	return map[Channel]string{JSAPI: "微信内支付", Native: "扫码支付", H5: "手机浏览器支付"}[c]
}

// Office is what a student calls those who have this role.
func (r Role) Office() string {
	return map[Role]string{RoleAdmin: "系统管理员", RoleRegistrar: "学籍管理部", RoleFinance: "财务处", RoleClerk: "教学点"}[r]
}
