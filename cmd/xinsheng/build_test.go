package main

import (
	"runtime/debug"
	"testing"
	"time"

	"xinsheng/service"
)

// A built program names its commit, or at least its day, whoever built it.
func TestBuildNamesItself(t *testing.T) {
	stamp := func(settings ...debug.BuildSetting) *debug.BuildInfo { return &debug.BuildInfo{Settings: settings} }
	stamped := stamp(debug.BuildSetting{Key: "vcs.revision", Value: "0123456789abcdef"}, debug.BuildSetting{Key: "vcs.time", Value: "2026-11-28T05:34:11Z"}, debug.BuildSetting{Key: "vcs.modified", Value: "true"})
	linked := service.Build{Version: "26b3914", At: "2026-11-28T05:34:11Z"}
	module := stamp()
	module.Main.Version = "v1.2.3"
	file := time.Date(2026, 11, 28, 1, 2, 0, 0, time.UTC)
	for _, c := range []struct {
		what   string
		info   *debug.BuildInfo
		linked service.Build
		file   time.Time
		want   service.Build
	}{
		{"stamped by Go", stamped, linked, file, service.Build{Version: "0123456789ab（有改动）", At: "2026-11-28 13:34"}},
		{"linked by make", stamp(), linked, file, service.Build{Version: "26b3914", At: "2026-11-28 13:34"}},
		{"a module's version", module, service.Build{}, file, service.Build{Version: "v1.2.3"}},
		{"the file alone", stamp(), service.Build{}, file, service.Build{Version: "没有提交号", At: "程序文件 2026-11-28 09:02"}},
		{"nothing", nil, service.Build{}, time.Time{}, service.Build{Version: "未知"}},
	} {
		if got := buildOf(c.info, c.linked, c.file); got != c.want {
			t.Errorf("%s: %+v", c.what, got)
		}
	}
	if b := build(); b.Version == "" || b.Version == "未知" {
		t.Errorf("this very program: %+v", b)
	}
}
