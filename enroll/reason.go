package enroll

import "strings"

// Reason is the stable machine name of an error; pages and tests go by it,
// people read its sentence.
type Reason string

type sentence struct {
	code Code
	text string
}

// Text is the Chinese sentence of a reason: what is wrong and what to do next.
func (r Reason) Text() string {
	if s, ok := reasons[r]; ok {
		return s.text
	}
	return reasons["internal"].text
}

// Outline is the sentence without what belongs to one case, for who knows the reason only.
func (r Reason) Outline() string {
	return strings.NewReplacer("%s", "…", "%d", "…").Replace(r.Text())
}

// Code is the class of a reason.
func (r Reason) Code() Code {
	if s, ok := reasons[r]; ok {
		return s.code
	}
	return Internal
}

// Reasons lists every reason, for tests and documents.
func Reasons() []Reason {
	list := make([]Reason, 0, len(reasons))
	for r := range reasons {
		list = append(list, r)
	}
	return list
}

// reasons is the one place where an error gets its Chinese sentence (文案).
var reasons = map[Reason]sentence{
	// 通用
	"internal":         {Internal, "系统出现意外，您已保存的内容不会丢失。请稍后重试；如仍不行，请把下面的编号告诉老师。"},
	"bad_request":      {Invalid, "提交的内容格式不对，请刷新页面后重试。"},
	"body_too_large":   {Invalid, "提交的内容太大，请减小后重试。"},
	"not_found":        {NotFound, "没有找到您要的内容，请返回首页重试。"},
	"cross_site":       {Forbidden, "请求来源不对，请从新生注册页面重新进入。"},
	"too_many":         {TooMany, "操作太频繁，请稍候再试。"},
	"changed":          {Conflict, "内容刚刚有变化，请刷新后重试。"},
	"busy":             {Upstream, "系统繁忙，请稍后再试。"},
	"not_logged_in":    {Unauthenticated, "登录已失效，请重新登录。您填写的内容已保存。"},
	"field_required":   {Invalid, "请填写此项。"},
	"field_invalid":    {Invalid, "此项填写有误，请检查。"},
	"field_too_long":   {Invalid, "内容过长，最多 %d 个字。"},
	"field_too_short":  {Invalid, "内容过短，至少 %d 个字。"},
	"field_not_listed": {Invalid, "请从列表中选择。"},
	"form_incomplete":  {Invalid, "还有内容没有填好，请按标红处修改。"},

	// 工作人员
	"confirm_again":      {Forbidden, "为保护数据，请再次输入密码和动态口令。"},
	"assist_needed":      {WrongState, "代办还没有开始，或已超过 2 小时，请重新开始代办。"},
	"assist_open":        {Conflict, "%s 自 %s 起正在为这位学生代办，请稍后再试，或请对方先结束。"},
	"assist_identity":    {WrongState, "还没有核验身份，请先当面核对本人和证件（线下核验）。"},
	"remind_not":         {WrongState, "这位学生目前没有需要办理的事项，或办理时间已过。"},
	"remind_today":       {Conflict, "今天已经提醒过这位学生，请明天再试。"},
	"remind_unreachable": {WrongState, "没有可用的手机号或微信，无法提醒，请联系教学点或学生家长。"},
	"search_void":        {Invalid, "请输入完整的证件号码或手机号，或姓名、考生号、学号的开头（考生号和学号至少 3 位）。"},
	"not_bound":          {WrongState, "这位学生没有绑定手机号或微信，不需要解除。"},
	"approval_pending":   {Conflict, "同样的请求已在等待复核，请先处理那一条。"},
	"approval_decided":   {Conflict, "这项请求已由 %s 于 %s 处理：%s。"},
	"staff_forbidden":    {Forbidden, "您的角色没有这项权限，请联系管理员。"},
	"help_unknown":       {NotFound, "没有这个求助码，或已超过一天。请学生重新打开“帮助与联系”，报上新的求助码。"},

	// 工作人员账号
	"logged_in_elsewhere":  {Unauthenticated, "此账号已在别处登录，本次登录已结束。如非本人操作，请立即修改密码并告诉管理员。"},
	"staff_login_wrong":    {Invalid, "账号或密码不对，请检查后重试。"},
	"staff_locked":         {TooMany, "失败次数太多，请在 %s 以后再试，或请管理员解锁。"},
	"staff_disabled":       {WrongState, "账号已停用或已到期，请联系管理员。"},
	"staff_address":        {Forbidden, "当前网络不能打开管理页面，请在学校指定的网络内使用。"},
	"first_password_over":  {WrongState, "初始密码已过期，请联系管理员重新发放。"},
	"totp_wrong":           {Invalid, "动态口令不对，请输入身份验证器当前显示的 6 位数字，并确认手机时间准确。"},
	"totp_used":            {Invalid, "这个动态口令已经用过，请等身份验证器显示下一个。"},
	"recovery_wrong":       {Invalid, "恢复码不对或已用过，请换一个未用过的恢复码。"},
	"password_wrong":       {Invalid, "密码不对，请重新输入。"},
	"password_short":       {Invalid, "密码至少 %d 位。可以用几个不相关的词连成一句。"},
	"password_common":      {Invalid, "这个密码太常见或容易猜到，请不要用常用词、连续数字、年份或自己的姓名账号。"},
	"password_same":        {Invalid, "新密码不能与原来的相同。"},
	"staff_import_columns": {Invalid, "表格里没有账号。第一行应为表头：账号、姓名、角色、教学点代码。"},
	"staff_import_most":    {Invalid, "一次最多导入 %d 个账号，请分几次。"},
	"staff_account":        {Invalid, "账号应为 2–32 位小写字母、数字、点、横线或下划线，以字母开头。"},
	"staff_account_taken":  {Conflict, "这个账号已存在，请换一个。"},
	"staff_role":           {Invalid, "请选择角色。"},
	"staff_point":          {Invalid, "教学点账号须选择一个教学点，其他角色不选。"},
	"staff_self":           {Forbidden, "不能停用自己的账号或更改自己的角色，请由另一位管理员办理。"},
	"password_stands":      {WrongState, "这个账号已有自己的密码。如果忘记了，请先申请重置，由另一位管理员确认。"},
	"staff_reset_kind":     {Invalid, "请选择要重置的内容：密码、动态口令或全部。"},

	// 开放日与风险提示
	"code_paused":   {WrongState, "暂时不能获取验证码：%s"},
	"face_paused":   {WrongState, "人脸识别暂停使用：%s"},
	"pay_paused":    {WrongState, "缴费暂停：%s"},
	"gate_sentence": {Invalid, "请写明学生会看到的话，1–%d 个字。"},
	"alert_note":    {Invalid, "请写明看过后的判断，1–%d 个字。"},
	"staff_wechat":  {Invalid, "测试码不对或已过期。请用您的微信在公众号里发送“推送测试”，再填入回复的测试码。"},

	// 审核台
	"review_claimed":      {Conflict, "%s 正在处理这一项（%s 打开）。请处理下一项，或稍后再来。"},
	"review_decided":      {Conflict, "这一项已由 %s 于 %s 处理：%s。"},
	"review_changed":      {Conflict, "这一项在您打开后有了变化，请看过新的内容再决定。"},
	"review_first_needed": {WrongState, "这一项还没有教学点初审。如确需直接终审，请再次确认。"},
	"review_first_done":   {Conflict, "%s 已于 %s 初审。"},
	"review_no_first":     {WrongState, "本批次不要求教学点初审，这一项由学籍管理部直接审核。"},
	"review_reason":       {Invalid, "请写明原因，1–%d 个字，学生会看到。"},
	"proof_result":        {Invalid, "请选择核验结果。"},
	"review_bulk":         {Invalid, "请选择 1–%d 项。"},
	"in_person_stands":    {WrongState, "这个手机号的身份核验为“%s”，不需要再当面核验。"},
	"in_person_phone":     {Invalid, "请填写学生登录用的手机号。"},

	// 手机继续办理
	"handoff_unknown":   {NotFound, "这个二维码已失效，请在电脑上点“换一个”，再用手机扫码。"},
	"handoff_taken":     {Conflict, "这个二维码已在另一部手机上打开。如需换手机，请在电脑上点“换一个”。"},
	"handoff_over":      {WrongState, "本次手机办理已经结束。如需再用手机，请在电脑上重新打开二维码。"},
	"handoff_job":       {Forbidden, "这个二维码只能用来%s，不能办理其他事项。"},
	"handoff_signature": {NotFound, "没有收到手机上的签名，请重新签名。"},
	"handoff_file":      {NotFound, "没有收到手机上的文件，请重新发送。"},

	// 登录
	"id_number_invalid":    {Invalid, "证件号码有误，请逐位核对（末位可能是 X）。"},
	"id_number_length":     {Invalid, "身份证号应为 18 位，请检查是否多输或漏输。"},
	"id_number_checksum":   {Invalid, "身份证号校验不通过，请逐位核对（末位可能是 X）。"},
	"id_number_date":       {Invalid, "身份证号中的出生日期不存在，请逐位核对。"},
	"id_type_unsupported":  {Invalid, "暂不支持这种证件，请联系老师。"},
	"name_invalid":         {Invalid, "请填写证件上的姓名，可含“·”。"},
	"phone_abroad":         {Invalid, "暂不能向这个地区的手机号发短信，请改用中国大陆手机号，或联系老师。"},
	"phone_invalid":        {Invalid, "手机号码有误，请填写 11 位手机号。"},
	"code_invalid":         {Invalid, "请填写 6 位短信验证码。"},
	"code_wrong":           {Invalid, "验证码不正确，请核对后重新输入，还可以试 %d 次。"},
	"code_expired":         {Invalid, "验证码已失效，请重新获取。"},
	"name_mismatch":        {Declined, "姓名与录取信息不一致，请核对后重新输入；如确认无误，可申请人工核对。"},
	"resend_too_early":     {TooMany, "验证码刚刚发送，请 %d 秒后再获取。"},
	"sms_phone_limit":      {TooMany, "这个手机号获取验证码次数太多，请 %s 后再试，或联系老师。"},
	"sms_identity_limit":   {TooMany, "这个证件号码获取验证码次数太多，请 %s 后再试，或联系老师。"},
	"sms_address_limit":    {TooMany, "当前网络获取验证码次数太多，请稍后再试，或改用手机流量。"},
	"sms_budget_spent":     {TooMany, "今天的短信已发完，请明天再试，或联系老师。"},
	"login_locked":         {TooMany, "错误次数过多，请 %s 后再试，或联系老师解锁。"},
	"sms_refused":          {Declined, "短信无法发送到这个手机号，请核对号码或联系老师。"},
	"sms_later":            {Upstream, "短信暂时发送不出去，请稍后再试。"},
	"sms_blocked":          {Declined, "这个手机号在运营商或短信平台的拒收名单中，收不到短信。请换一个手机号，或请老师发放登录码。"},
	"sms_limited":          {Upstream, "这个手机号收到的短信已达运营商上限，请 1 小时后再试，或请老师发放登录码。"},
	"desk_code_wrong":      {Invalid, "登录码不对或已失效。请核对证件号码、手机号和登录码，或请老师重新发放。"},
	"desk_code_limit":      {TooMany, "这位学生的登录码发放次数太多，请 %s 后再发。"},
	"phone_same":           {Invalid, "这就是现在绑定的手机号，不需要更换。"},
	"captcha_required":     {Invalid, "请输入图中的字符。"},
	"captcha_wrong":        {Invalid, "图中字符输入有误，请按新图重新输入。"},
	"window_before":        {WrongState, "注册还没有开始，开始时间：%s。"},
	"window_after":         {WrongState, "注册已于 %s 结束，如需办理请联系老师。"},
	"intake_none":          {WrongState, "目前没有开放的新生注册，请留意学校通知。"},
	"oauth_state":          {Invalid, "微信登录已过期，请从公众号菜单重新进入。"},
	"snapshot_user":        {Forbidden, "当前为预览页，请点右下角“使用完整服务”后办理。"},
	"identity_step_needed": {Forbidden, "请先完成身份核验，再查看或办理。"},

	// 步骤与状态
	"step_locked":       {WrongState, "请先完成前面的步骤：%s。"},
	"wrong_state":       {WrongState, "当前状态（%s）不能进行此操作。"},
	"option_closed":     {WrongState, "已办理“%s”，此项不能再办理。"},
	"already_paid":      {WrongState, "学费已经缴纳，请联系老师处理。"},
	"order_in_flight":   {WrongState, "上一笔支付还没有结束，请过几分钟再试；如已付款，结果很快会显示。"},
	"consent_outdated":  {Conflict, "告知书有更新，请重新阅读后确认。"},
	"consent_needed":    {WrongState, "请先阅读并选择是否同意使用人脸识别。"},
	"identity_disputed": {WrongState, "您的录取信息正在更正，请等待老师处理。"},

	// 人脸
	"face_mismatch":       {Declined, "人脸识别失败：与证件照片不是同一人。请摘下口罩、露出耳朵后重试，或使用照片存档。"},
	"face_retake":         {Declined, "照片不够清楚，请在光线均匀处正对镜头重拍。本次不计次数。"},
	"face_none":           {Declined, "没有检测到人脸，请对准镜头重拍。本次不计次数。"},
	"face_many":           {Declined, "画面中有多张人脸，请单独拍摄。本次不计次数。"},
	"face_later":          {Upstream, "人脸识别服务暂时繁忙，请稍后重试，或使用照片存档。本次不计次数。"},
	"face_not_in_library": {Declined, "公安库中暂无您的照片，需人工核验，不影响继续填写。本次不计次数。"},
	"face_document":       {Declined, "您的证件类型需人工核验，不影响继续填写。"},
	"face_name_mismatch":  {Declined, "姓名与证件号码不匹配，请使用照片存档由老师审核。"},
	"face_attempts_spent": {TooMany, "今天的 5 次人脸识别已用完，请使用照片存档，或明天再试。"},
	"face_ceiling":        {TooMany, "今天尝试次数太多，请使用照片存档，或明天再试。"},
	"face_picture":        {Invalid, "照片无法识别，请重新拍摄。"},
	"archive_decided":     {WrongState, "存档照片已审核，不能再修改。"},
	"archive_waiting":     {WrongState, "已有一张照片在等待审核，用登录码进入时不能替换。请等待审核结果，或使用人脸识别。"},

	// 填写
	"draft_conflict":       {Conflict, "另一台设备上有更新的内容（%s），请选择用哪一份。"},
	"section_unknown":      {NotFound, "没有这一部分表单。"},
	"family_rows":          {Invalid, "请填写 1–8 位家庭成员，或勾选“确无家庭成员”。"},
	"phone_same_as_own":    {Invalid, "紧急联系人电话不能与本人手机号相同。"},
	"rows_count":           {Invalid, "最多填写 %d 行。"},
	"tel_invalid":          {Invalid, "电话号码有误，请填写 11 位手机号，或带区号的固定电话。"},
	"email_invalid":        {Invalid, "电子邮箱格式不对，例如 name@example.com。"},
	"area_invalid":         {Invalid, "请选择省、市、县（区），在国外的请选“国外”。"},
	"period_reversed":      {Invalid, "结束时间不能早于开始时间。"},
	"postcode_invalid":     {Invalid, "请填写 6 位邮政编码，不能是 000000。"},
	"year_out_of_range":    {Invalid, "年份应在 %d 至 %d 之间。"},
	"date_out_of_range":    {Invalid, "日期不在允许的范围内。"},
	"certificate_invalid":  {Invalid, "毕业证号应为 5–30 位字母或数字。"},
	"proof_code_invalid":   {Invalid, "在线验证码应为 12 位数字或 16 位字母数字，请对照备案表填写。"},
	"proof_expired":        {Invalid, "备案表已过有效期，请在学信网延长有效期后重新下载。"},
	"attachment_kind":      {Invalid, "没有这一类附件。"},
	"attachment_full":      {Invalid, "这一类附件最多 %d 份，请先删除再上传。"},
	"upload_empty":         {Invalid, "文件是空的，请重新选择。"},
	"upload_too_large":     {Invalid, "文件太大（%s），上限 %s。请重新拍摄或压缩后上传。"},
	"upload_too_small":     {Invalid, "文件太小（%s），下限 %s。请上传更清晰的照片。"},
	"upload_type":          {Invalid, "不支持这种文件，请上传 %s。"},
	"upload_heic":          {Invalid, "这是 HEIC 照片，网页无法读取。请在手机“设置 › 相机 › 格式”选择“兼容性最佳”后重拍，或先转成 JPG。"},
	"upload_broken":        {Invalid, "文件已损坏或不完整，请重新选择。"},
	"upload_missing":       {Invalid, "没有收到文件，请重新选择。"},
	"upload_unreadable":    {Invalid, "照片太小（%d×%d 像素），文字看不清，请重新拍摄。"},
	"section_unsaved":      {Invalid, "“%s”还没有填写，请打开该页核对后点“下一步”。"},
	"upload_gif":           {Invalid, "这是 GIF 图片，请改用 JPG 或 PNG 照片。"},
	"upload_svg":           {Invalid, "这是 SVG 矢量图，请改用 JPG 或 PNG 照片。"},
	"upload_html":          {Invalid, "这是网页文件，不是照片或 PDF。请在学信网点“下载”得到 PDF，或拍照上传。"},
	"upload_pdf_active":    {Invalid, "这份 PDF 带有脚本或附件，不能接收。请上传从学信网下载的原件，或拍照上传。"},
	"upload_pdf_broken":    {Invalid, "PDF 文件不完整，请重新下载后上传。"},
	"attachment_missing":   {Invalid, "请上传%s。"},
	"card_unreadable":      {Invalid, "没有识别出%s上的文字，请看看照片是否端正、清晰、没有反光。不影响继续办理。"},
	"card_number":          {Invalid, "照片上的证件号码（%s）与录取信息不一致，请确认是本人证件；录取信息有误的，请申请更正。"},
	"card_name":            {Invalid, "照片上的姓名（%s）与录取信息（%s）不一致，请确认是本人证件；录取信息有误的，请申请更正。"},
	"card_expired":         {Invalid, "证件已于 %s 到期。已换领的请上传新证件，还没有换领的可以先继续办理。"},
	"card_temporary":       {Invalid, "这是临时身份证。已领到居民身份证的请上传居民身份证，还没有领到的可以先继续办理。"},
	"proof_ends_early":     {Invalid, "有效期至 %s，可能早于老师核验（预计 %s）。请在学信网延长有效期，并在这里改为新的日期，验证码不变。"},
	"proof_kind_abroad":    {Invalid, "您填写的是国（境）外学校，通常需要《国（境）外学历学位认证书》，请核对学历证明类型。"},
	"proof_kind_home":      {Invalid, "国（境）外学历学位认证书用于国（境）外学校，请核对“最后毕业信息”里是否需要勾选国（境）外学校。"},
	"proof_number_invalid": {Invalid, "报告或证书编号有误，请对照原件填写。"},
	"upload_pixels":        {Invalid, "照片尺寸太大，请换一张不超过 2500 万像素的照片。"},
	"photo_size":           {Invalid, "证件照应为 %d×%d 像素，当前为 %d×%d，请裁剪后上传。"},
	"photo_not_jpeg":       {Invalid, "证件照应为 JPG 格式。"},
	"signature_missing":    {Invalid, "请用手指签名。"},
	"signature_too_small":  {Invalid, "签名太小或不完整，请重写。"},
	"signature_picture":    {Invalid, "签名没有保存成功，请重写。"},
	"signature_name":       {Invalid, "输入的姓名与您的姓名不一致，请重新输入。"},
	"signature_photo":      {Invalid, "签名照片太小或无法打开，请在白纸上用深色笔写下姓名，靠近后重新拍摄。"},
	"signature_needed":     {WrongState, "请先签署承诺书，再提交。"},
	"return_item":          {Invalid, "退回时请至少选择一项并写明原因（%s）。"},
	"not_returned":         {WrongState, "本次只需修改被退回的项目，此项不能修改。"},
	"lapse_too_early":      {WrongState, "办理期限到 %s，还不能设为逾期。"},
	"lapse_waiting":        {WrongState, "存档照片还在等老师审核，不能设为逾期。"},
	"second_person":        {Forbidden, "此操作需要另一位老师同时确认。"},
	"reason_missing":       {Invalid, "请写明原因。"},
	"commitment_outdated":  {Conflict, "承诺书有更新，请重新阅读后签名。"},
	"commitment_not_asked": {WrongState, "您的层次不需要签署承诺书。"},
	"tuition_missing":      {WrongState, "没有找到适用的学费标准。已提醒老师补齐，补齐后会通知您；您填写的内容已保存，到时再来提交。"},

	// 申请
	"application_text":      {Invalid, "请写明申请原因，%d–%d 字（现在 %d 字）。"},
	"application_reason":    {Invalid, "请选择原因类别。"},
	"application_sentence":  {Invalid, "输入的内容与要求的文字不一致，请按标出的字修改。"},
	"application_own_hand":  {Forbidden, "放弃和退学申请须由学生本人签名提交，不能代办。"},
	"application_open":      {Conflict, "您已有一项申请正在审核，请先等待结果或撤回。"},
	"application_decided":   {Conflict, "这项申请已由 %s 于 %s 处理：%s。"},
	"application_face":      {WrongState, "学生的存档照片还没有审核，请先审核照片。"},
	"discharge_date":        {Invalid, "请选择预计退役的日期，应在今天以后六年之内。"},
	"resume_none":           {WrongState, "目前没有可以恢复入学的批次，请留意学校通知。"},
	"resume_over":           {WrongState, "保留期限已于 %s 结束，请联系老师。"},
	"resume_program":        {Invalid, "请选择恢复入学的专业和教学点。"},
	"resume_target":         {Conflict, "新批次中的录取信息已开始办理（%s），请先由老师核对。"},
	"reserved_until_passed": {Invalid, "保留至的日期应在今天以后。"},

	// 更正
	"correction_field":    {Invalid, "请选择要更正的项目。"},
	"correction_value":    {Invalid, "请填写或选择正确的内容。"},
	"correction_same":     {Invalid, "与现有信息相同，无需更正。"},
	"correction_note":     {Invalid, "说明请不超过 %d 字。"},
	"correction_open":     {Conflict, "这一项已有申请正在处理，请先等待结果，或撤回后重新申请。"},
	"correction_name":     {Invalid, "这个姓名有没写出的字，请按证件照片写明完整的姓名后再通过。"},
	"correction_decided":  {Conflict, "这项申请已由 %s 于 %s 处理：%s。"},
	"correction_document": {Conflict, "这个证件号码已登记在另一名学生名下，不能更正。请先核对两人是否为同一人。"},
	"name_check_expired":  {WrongState, "验证已过期，请回到登录页，重新获取验证码后再申请。"},

	// 缴费
	"bill_none":           {WrongState, "还没有账单，请先提交登记表。"},
	"bill_covered":        {WrongState, "学费已结清，无需再缴。"},
	"paying_locked":       {WrongState, "有一笔款项正在人工核对，暂不能缴费，请勿重复支付。"},
	"face_rejected":       {WrongState, "存档照片未通过审核，请重新完成身份核验后缴费。"},
	"pay_openid_missing":  {WrongState, "请在微信中打开后缴费。"},
	"pay_channel":         {Invalid, "不支持这种支付方式。"},
	"slip_number_pending": {WrongState, "学号生成中，生成后即可下载注册凭证。"},
	"slip_link_used":      {NotFound, "下载链接已使用或已过期，请回到“注册完成”页重新复制。"},
	"pay_link_unknown":    {NotFound, "没有找到这个代付链接，请向发来链接的同学核对。"},
	"pay_link_revoked":    {WrongState, "这个代付链接已作废，请让同学重新发送。"},
	"pay_link_expired":    {WrongState, "这个代付链接已过期，请让同学重新发送。"},
	"pay_closing_other":   {WrongState, "另一个人打开的支付正在关闭，请约 %d 分钟再试，不会重复扣款。"},
	"pay_upstream":        {Upstream, "微信支付暂时没有响应，请稍后点“继续支付”，不会重复扣款。"},
	"pay_closing":         {WrongState, "上一笔支付正在关闭，请约 %d 分钟后再试；也可以回到原来的地方继续支付。"},
	"pay_deadline":        {WrongState, "缴费时间已于 %s 截止，请联系老师。"},
	"case_not_applicable": {WrongState, "这类异常（%s）的款项不能计入账单，请在商户平台退款后再关闭。"},
	"notice_unverified":   {Forbidden, "签名验证失败。"},

	// 公众号菜单
	"menu_full":       {Conflict, "公众号菜单已有三个一级按钮，没有“新生服务”的位置。请先在公众平台腾出一个。"},
	"menu_sub_full":   {Conflict, "公众号菜单“%s”下面已没有空位（最多五个）。请先在公众平台删去一些。"},
	"menu_entry":      {Invalid, "菜单按钮有误：%s。"},
	"menu_none":       {NotFound, "还没有推送过菜单，没有可以恢复的上一版。"},
	"menu_wechat":     {Upstream, "微信没有接受，或没有响应。请刷新页面，看过公众号现在的菜单后再试。"},
	"menu_account":    {WrongState, "没有配置公众号，不能管理菜单。"},
	"menu_unwritable": {Conflict, "公众号菜单里有只能在公众平台后台维护的按钮（%s），接口写回会丢失它们。请在后台手工添加“新生服务”，或先把这些按钮改成网页链接。"},

	// 通知推送
	"push_state":       {WrongState, "这次推送的状态是“%s”，不能这样操作。"},
	"push_title":       {Invalid, "请填写推送的名称（100 字以内）。"},
	"push_occasion":    {Invalid, "请选择推送的用途。"},
	"push_selection":   {Invalid, "收件人的条件有误，请重新选择。"},
	"push_carrier":     {Invalid, "请选择用模板消息、订阅通知还是短信发送。"},
	"push_no_account":  {WrongState, "没有配置公众号，只能用短信发送。"},
	"push_template":    {Invalid, "请选择公众号的模板并填写每个关键词。"},
	"push_sms":         {Invalid, "请填写已审核通过的短信模板编号。"},
	"push_link":        {Invalid, "链接的页面名称只能用小写字母。"},
	"push_field":       {Invalid, "没有这个字段：%s。"},
	"push_field_empty": {Invalid, "该学生没有“%s”。"},
	"push_value":       {Invalid, "%s（%s）的 %s 填为“%s”，不合要求：%s。尚未发送任何消息。"},
	"push_nobody":      {Invalid, "没有符合条件的学生。"},
	"push_list":        {Invalid, "名单文件里没有考生号。请上传 xlsx 或 csv，考生号在“考生号”列或第一列。"},
	"push_second":      {Forbidden, "须由另一位老师复核。"},
	"push_wechat":      {Upstream, "微信暂时没有响应或拒绝了请求，请稍后重试。"},
	"push_tester":      {Invalid, "测试码不对或已过期。请用您的微信在公众号里发送“推送测试”，再填入回复的测试码；或填写手机号用短信测试。"},

	// 名单与设置（命令行）
	"place_stands":            {Conflict, "%s 已经存在，请改用修改。"},
	"program_used":            {Conflict, "已有学生按专业 %s 提交了登记表，层次、学习形式和学制不能再改；名称和代码可以修改。"},
	"settings_invalid":        {Invalid, "设置有误，没有保存：%s"},
	"intake_invalid":          {Invalid, "批次有误：%s"},
	"intake_unknown":          {WrongState, "没有找到要导入的批次（%s），请先用 intake import 建立批次。"},
	"money":                   {Invalid, "金额应写作元，最多两位小数，如 2400 或 2400.50：%s。"},
	"roster_file":             {Invalid, "文件无法读取：请使用 xlsx 或 csv（UTF-8 或 GBK）。"},
	"roster_columns":          {Invalid, "名单缺少必需的列：%s。可用 roster template 得到模板。"},
	"roster_blank":            {Invalid, "此项为空；合并的单元格请取消合并，逐行填写。"},
	"roster_busy":             {Conflict, "另一份名单（%s）正在导入，请等它完成；若已中断，请用 roster resume 继续。"},
	"roster_differs":          {Invalid, "与证件号码所示不一致，已按名单保留，请核对。"},
	"roster_duplicate":        {Invalid, "与第 %d 行重复。"},
	"roster_formula":          {Invalid, "单元格里的公式出错（%s），请改成具体内容后重新导入。"},
	"roster_hidden":           {Invalid, "此行在表格中被隐藏或筛选掉，仍已读入，请核对。"},
	"roster_rounded":          {Invalid, "号码末三位是 000，像是被 Excel 改动过，请核对原件；有误请把该列设为文本后重填。"},
	"roster_scientific":       {Invalid, "号码被 Excel 变成了科学计数法（%s），请把该列设为文本后重填。"},
	"roster_point":            {Invalid, "没有这个教学点：%s。"},
	"roster_program":          {Invalid, "没有这个专业（%s）。"},
	"roster_program_many":     {Invalid, "有多个同名专业（%s），请填写专业代码。"},
	"roster_tuition":          {Invalid, "该专业没有学费标准（%s）。"},
	"roster_grade":            {Invalid, "年级（%s）不是本批次的（%s）。"},
	"roster_level":            {Invalid, "没有这个层次：%s。"},
	"roster_form":             {Invalid, "没有这种学习形式：%s。"},
	"roster_years":            {Invalid, "学制应为 1–8 年、以半年为步（如 5、2.5、两年半）：%s。"},
	"roster_years_differ":     {Invalid, "学制（%s）与专业设置（%s）不一致，以专业设置为准，请核对。"},
	"roster_exam_no_taken":    {Invalid, "考生号已被本批次的另一人使用。"},
	"roster_kept":             {Invalid, "学生已开始办理，只更新联系方式，未改动：%s。"},
	"roster_name":             {Invalid, "姓名含有不能识别的字符，请核对。"},
	"roster_name_spaces":      {Invalid, "姓名中的空格已去掉，请核对。"},
	"roster_number_differs":   {Invalid, "与已登记的学号不同，学号不能更改。"},
	"roster_number_elsewhere": {Invalid, "此学号已随本人登记在另一批次，未重复登记。"},
	"roster_number_taken":     {Invalid, "学号已被另一人使用。"},
	"roster_staging":          {WrongState, "这份名单没有读完，请重新导入。"},
	"roster_unreadable":       {Invalid, "无法识别（%s），已忽略，请核对。"},
	"roster_undo_started":     {WrongState, "有 %d 名学生已经开始办理，不能撤销整份名单。请看失败清单，并与他们核对。"},
	"roster_undo_later":       {WrongState, "之后又导入了“%s”，请先撤销那一份。"},
	"roster_undo_old":         {WrongState, "这份名单没有记下原来的内容，不能撤销。"},
	"roster_undo_begun":       {WrongState, "已经开始办理。"},
	"roster_undo_changed":     {WrongState, "导入以后又有改动，改动的内容已保留，请核对。"},
	"roster_undone":           {WrongState, "这份名单已经撤销，请重新导入。"},
	"roster_working":          {WrongState, "这份名单正在处理，请等它完成或先取消。"},
	"zip_file":                {Invalid, "文件无法读取：请使用 ZIP 压缩包。"},
	"zip_entries":             {Invalid, "压缩包里的文件太多（最多 %d 个），请分成几个压缩包。"},
	"photo_name":              {Invalid, "不是以考生号命名的 JPG 照片。"},
	"photo_unknown":           {Invalid, "本批次没有这个考生号。"},
	"photo_twice":             {Invalid, "同一考生号有多张照片，只用了第一张。"},
	"photo_large":             {Invalid, "照片超过 2 MB，请压缩后重新导入。"},
	"export_columns":          {Invalid, "请至少选择一列，同一列不要选两次。"},
	"export_none":             {Invalid, "没有符合条件的学生，请放宽条件。"},
	"export_wide":             {Invalid, "“%s”占 %d 个字节，超过对方的 %d 个；没有截断，请核对。"},
	"export_photo":            {Invalid, "没有照片。"},
	"export_number":           {Invalid, "还没有学号，不能用学号命名。"},
	"export_role":             {Forbidden, "您的角色不能导出这一类文件。"},
	"mapping_name":            {Invalid, "请给这套列设置取个名字，最多 50 个字。"},
	"student_unknown":         {NotFound, "没有找到这名学生（%s），请用考生号、学号或注册编号查找。"},
	"table_columns":           {Invalid, "表格缺少必需的列：%s。"},
	"number_rule":             {Invalid, "学号规则有误：%s。"},
	"number_exhausted":        {Conflict, "学号已用尽，请调整学号规则。"},
}
