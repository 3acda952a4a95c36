package enroll

// eventTitles are the words of the timeline (时间线).
var eventTitles = map[string]string{
	string(EventImport): "录取信息已导入", string(EventSubmit): "登记表已提交", string(EventSubmitForReview): "登记表已提交，等待审核",
	string(EventApprove): "审核通过", string(EventSendBack): "退回修改", string(EventAmend): "撤回修改",
	string(EventSettle): "学费已到账", string(EventReserve): "申请保留入学资格", string(EventGiveUp): "申请放弃入学资格",
	string(EventWithdraw): "撤回申请", string(EventRefuse): "申请未通过", string(EventGrant): "申请已通过",
	string(EventResume): "申请恢复入学", string(EventLapse): "逾期", string(EventReinstate): "恢复办理", string(EventCancel): "取消入学资格",
	"apply_leave": "申请退学退费", "face_passed": "人脸识别通过", "face_archived": "照片已存档，等待审核", "face_approved": "照片审核通过", "face_rejected": "照片审核未通过", "face_dropped": "存档照片已按期删除",
	"identity_confirmed": "身份信息已核对", "commitment_signed": "承诺书已签署", "phone_bound": "已绑定手机号", "wechat_bound": "已绑定微信", "desk_code": "老师发放了登录码", "extend": "办理时间已延长",
	"assist_begun": "老师开始代办登记", "assist_ended": "老师结束代办，未提交",
	"proof_genuine": "学历证明核验一致", "proof_refused": "学历证明核验未通过", "in_person": "老师已当面核验身份",
	"correction_filed": "信息更正申请已提交", "correction_granted": "录取信息已更正", "correction_refused": "信息更正申请未通过", "correction_withdrawn": "信息更正申请已撤回",
	"name_check_filed": "姓名核对申请已提交", "name_check_refused": "姓名核对申请未通过",
}

// EventTitle is the Chinese title of a line of the timeline; what only staff should see has none.
func EventTitle(e RegistrationEvent) string {
	if e.Event == string(EventSettle) && e.To == Registered {
		return "学费已到账，注册完成"
	}
	if e.To == Registered && e.From != Registered && e.Event != string(EventSettle) {
		return "注册完成"
	}
	return eventTitles[e.Event]
}

// Name is the Chinese word of who did something.
func (a Actor) Name() string {
	return map[Actor]string{ByStudent: "本人", ByRegistrar: "学籍管理部", ByTwo: "学籍管理部", ByRoster: "学校", BySystem: "系统"}[a]
}
