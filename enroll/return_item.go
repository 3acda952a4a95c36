package enroll

import "slices"

// ReturnItem is one thing that the college asks to be changed (退回项目), with why.
type ReturnItem struct {
	Item   string
	Reason string
}

// ReturnTarget is an item that can be returned, and the step in which it is changed.
type ReturnTarget struct {
	Item  string
	Title string
	Step  StepKey
	Route string
}

// ReturnTargets lists every item that can be returned, in the order of the form.
var ReturnTargets = []ReturnTarget{
	{"basic", "基本信息", StepBasic, "/form/basic"},
	{"family", "家庭成员", StepFamily, "/form/family"},
	{"education", "最后毕业信息", StepEducation, "/form/education"},
	{IDFront, "证件正面照片", StepAttachments, "/form/attachments"},
	{IDBack, "证件背面照片", StepAttachments, "/form/attachments"},
	{Portrait, "证件照", StepAttachments, "/form/attachments"},
	{ProofFiles, "学历证明", StepAttachments, "/form/attachments"},
	{NameChange, "姓名变更证明", StepAttachments, "/form/attachments"},
	{OtherFiles, "其他材料", StepAttachments, "/form/attachments"},
	{"commitment", "诚信承诺书", StepCommitment, "/commitment"},
}

// FindReturnTarget finds a returnable item by its key.
func FindReturnTarget(item string) (ReturnTarget, bool) {
	i := slices.IndexFunc(ReturnTargets, func(t ReturnTarget) bool { return t.Item == item })
	if i < 0 {
		return ReturnTarget{}, false
	}
	return ReturnTargets[i], true
}

// SortReturnItems puts items into the order of the form.
func SortReturnItems(items []ReturnItem) []ReturnItem {
	place := func(item string) int {
		return slices.IndexFunc(ReturnTargets, func(t ReturnTarget) bool { return t.Item == item })
	}
	slices.SortFunc(items, func(a, b ReturnItem) int { return place(a.Item) - place(b.Item) })
	return items
}

// MayChange says whether an item may be changed now: all of an open form, and
// of a returned one what was returned (退回修改). What is signed follows what it
// signs, so the commitment is always open in a returned form.
func MayChange(r Registration, returned []ReturnItem, item string) error {
	if !r.Status.Editable() {
		return Fail("wrong_state", r.Status.Name())
	}
	if r.Status == Open || item == "commitment" || slices.ContainsFunc(returned, func(i ReturnItem) bool { return i.Item == item }) {
		return nil
	}
	return Fail("not_returned")
}
