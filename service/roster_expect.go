package service

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// sheetDimension is where a sheet says how far it reaches: <dimension ref="A1:S100001"/>.
var sheetDimension = regexp.MustCompile(`<dimension ref="[A-Z]+[0-9]+:[A-Z]+([0-9]+)"`)

// expectedRows is about how many rows a table has, for the progress bar; 0 where it does not say.
func expectedRows(file *io.SectionReader) int {
	if !isSheet(firstBytes(file)) {
		return max(0, countLines(io.NewSectionReader(file, 0, file.Size()))-1)
	}
	archive, err := zip.NewReader(file, file.Size())
	if err != nil {
		return 0
	}
	for _, entry := range archive.File {
		if strings.HasPrefix(entry.Name, "xl/worksheets/sheet") {
			return dimension(entry)
		}
	}
	return 0
}

func dimension(entry *zip.File) int {
	sheet, err := entry.Open()
	if err != nil {
		return 0
	}
	defer sheet.Close()
	begin := make([]byte, 4096)
	n, _ := io.ReadFull(sheet, begin) // a small sheet is shorter
	found := sheetDimension.FindSubmatch(begin[:n])
	if found == nil {
		return 0
	}
	rows, err := strconv.Atoi(string(found[1]))
	if err != nil {
		return 0
	}
	return max(0, rows-1)
}

func countLines(file io.Reader) (lines int) {
	part := make([]byte, 64<<10)
	for {
		n, err := file.Read(part)
		lines += bytes.Count(part[:n], []byte("\n"))
		if err != nil {
			return lines
		}
	}
}

// jobFolder names the folders where sheets unfold that are too large for memory.
const jobFolder = "xinsheng-job-"

// dropJobFolders removes what processes left behind that were killed; a folder that is in use is younger.
func dropJobFolders(now time.Time) {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), jobFolder+"*")) // the pattern is well-formed
	for _, folder := range left {
		if info, err := os.Stat(folder); err == nil && now.Sub(info.ModTime()) > 12*time.Hour {
			_ = os.RemoveAll(folder) // one of another account stays with its owner
		}
	}
}
