package main

import (
	"os"
	"runtime/debug"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
)

// revision and committed are the commit and its time that `make` gives the
// linker (-X), for builds into which Go itself stamps no commit.
var revision, committed string

// build is what this program was built from.
func build() service.Build {
	info, _ := debug.ReadBuildInfo()
	var file time.Time
	if path, err := os.Executable(); err == nil {
		if stat, err := os.Stat(path); err == nil {
			file = stat.ModTime()
		}
	}
	return buildOf(info, service.Build{Version: revision, At: committed}, file)
}

// buildOf names the commit: from Go's stamp, else from the linker's, else the
// version of the module; the program's own file is dated where no commit is known.
func buildOf(info *debug.BuildInfo, linked service.Build, file time.Time) service.Build {
	b := service.Build{}
	if info != nil {
		changed := ""
		for _, setting := range info.Settings {
			switch {
			case setting.Key == "vcs.revision":
				b.Version = setting.Value[:min(12, len(setting.Value))]
			case setting.Key == "vcs.time":
				b.At = minute(setting.Value)
			case setting.Key == "vcs.modified" && setting.Value == "true":
				changed = "（有改动）"
			}
		}
		if b.Version != "" {
			b.Version += changed
			return b
		}
	}
	switch {
	case linked.Version != "":
		return service.Build{Version: linked.Version, At: minute(linked.At)}
	case info != nil && info.Main.Version != "" && info.Main.Version != "(devel)":
		return service.Build{Version: info.Main.Version}
	case !file.IsZero():
		return service.Build{Version: "没有提交号", At: "程序文件 " + enroll.Minute(file)}
	}
	return service.Build{Version: "未知"}
}

// minute writes a commit's time in Shanghai, and what is none as it is.
func minute(text string) string {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return enroll.Minute(at)
}
