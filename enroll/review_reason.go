package enroll

import "strings"

// ReviewReason is a reason of the library (退回原因库): for a kind, and for a
// form for one item of it.
type ReviewReason struct {
	Kind ReviewKind `json:"kind" yaml:"kind"`
	Item string     `json:"item,omitempty" yaml:"item"`
	Text string     `json:"text" yaml:"text"`
}

// ReviewReasons are the reasons that an intake begins with; each says what is
// wrong and what to do.
var ReviewReasons = []ReviewReason{
	{ReviewFace, "", "照片模糊或光线太暗，请在明亮处正对镜头重新拍摄。"},
	{ReviewFace, "", "面部被遮挡，请摘下口罩、帽子或墨镜后重新拍摄。"},
	{ReviewFace, "", "照片与录取照片、证件照片差异较大，请本人重新拍摄，或携带身份证到教学点核验。"},
	{ReviewFace, "", "照片疑似翻拍或不是实时拍摄，请本人现场拍摄。"},
	{ReviewForm, Portrait, "证件照背景不符合要求，请换成白色或浅蓝色背景的近期正面免冠照片。"},
	{ReviewForm, Portrait, "证件照不是本人近期照片，请重新上传。"},
	{ReviewForm, IDFront, "证件照片不清晰或四角不完整，请重新拍摄。"},
	{ReviewForm, IDFront, "证件已过有效期，请上传有效证件。"},
	{ReviewForm, IDBack, "证件照片不清晰或四角不完整，请重新拍摄。"},
	{ReviewForm, "basic", "通讯地址不完整，请写明省、市、区县、街道和门牌号。"},
	{ReviewForm, "basic", "紧急联系人信息有误，请核对姓名、关系和电话。"},
	{ReviewForm, "family", "家庭成员信息不完整，请补充。"},
	{ReviewForm, "education", "最后毕业信息与学历证明不一致，请按毕业证书填写。"},
	{ReviewForm, ProofFiles, "学历证明不清晰或缺页，请重新上传完整的文件。"},
	{ReviewForm, NameChange, "学历证明上的姓名与录取姓名不同，请补充姓名变更证明。"},
	{ReviewForm, "commitment", "签名不清晰或不是本人姓名，请重新签署。"},
	{ReviewApplication, "", "证明材料不清晰或不齐全，请补齐后重新申请。"},
	{ReviewApplication, "", "申请原因与所附证明不一致，请核对后重新申请。"},
	{ReviewApplication, "", "不符合学校规定的办理条件。如有疑问，请联系学籍管理部。"},
	{ReviewCorrection, "", "证明材料不能证明要更正的内容，请补充有效证明后重新申请。"},
	{ReviewCorrection, "", "经核对，录取信息与招生部门的数据一致，不作更正。"},
	{ReviewProof, "", "验证码查不到结果，请核对后重新填写，或重新下载备案表。"},
	{ReviewProof, "", "验证结果与登记表填写的毕业信息不一致，请核对修改。"},
	{ReviewProof, "", "备案表已过有效期，请在学信网延长有效期或重新申请后填写新的验证码。"},
	{ReviewName, "", "所附证明不能说明姓名不同的原因，请补充户口簿曾用名页或公安机关的证明。"},
}

// The bounds of a reason that a student reads, and of the library.
const (
	ReviewReasonMost  = 200
	ReviewReasonsMost = 200
)

// ReasonLibrary is an intake's library, or the one that every intake begins with.
func (s Settings) ReasonLibrary() []ReviewReason {
	if len(s.ReviewReasons) > 0 {
		return s.ReviewReasons
	}
	return ReviewReasons
}

// CheckReasons refuses a library with empty or long reasons, or ones of a kind or item that is not there.
func CheckReasons(list []ReviewReason) error {
	if len(list) > ReviewReasonsMost {
		return FailField("reasons", "field_too_long", ReviewReasonsMost)
	}
	for _, r := range list {
		_, known := r.Kind.Rule()
		_, item := FindReturnTarget(r.Item)
		if !known || r.Item != "" && (r.Kind != ReviewForm || !item) {
			return FailField("reasons", "field_not_listed")
		}
		if n := len([]rune(strings.TrimSpace(r.Text))); n == 0 || n > ReviewReasonMost {
			return FailField("reasons", "review_reason", ReviewReasonMost)
		}
	}
	return nil
}
