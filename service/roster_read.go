package service

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"xinsheng/enroll"
)

// The bounds of a file that staff import; an xlsx may not unfold to more than sheetBytes.
const (
	tableBytes = 64 << 20
	sheetBytes = 512 << 20
)

// readTable hands each line of a table to each, with its number in the file
// from 1: xlsx (the first sheet, as a stream) or csv in UTF-8, UTF-16 or GB18030.
func readTable(body []byte, each func(no int, cells []string) error) error {
	switch {
	case len(body) > tableBytes:
		return enroll.Fail("roster_file")
	case bytes.HasPrefix(body, []byte("PK\x03\x04")):
		return readSheet(body, each)
	case len(body) == 0, bytes.IndexByte(body[:min(len(body), 1024)], 0) >= 0 && !hasUTF16Mark(body):
		return enroll.Fail("roster_file")
	}
	return readCSV(body, each)
}

func readSheet(body []byte, each func(int, []string) error) (err error) {
	f, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{UnzipSizeLimit: sheetBytes, RawCellValue: true})
	if err != nil {
		return enroll.Fail("roster_file").Because(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sheets := f.GetSheetList()
	if len(sheets) == 0 {
		return enroll.Fail("roster_file")
	}
	rows, err := f.Rows(sheets[0])
	if err != nil {
		return enroll.Fail("roster_file").Because(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for no := 1; rows.Next(); no++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return enroll.Fail("roster_file").Because(err)
		}
		if err := each(no, cells); err != nil {
			return err
		}
	}
	return rows.Error()
}

func hasUTF16Mark(body []byte) bool {
	return bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff"))
}

// charset is UTF-16 or UTF-8 where the file says so or is valid as such, else GB18030, which holds GBK and GB2312.
func charset(body []byte) encoding.Encoding {
	if hasUTF16Mark(body) || utf8.Valid(body) {
		return unicode.UTF8
	}
	return simplifiedchinese.GB18030
}

func readCSV(body []byte, each func(int, []string) error) error {
	decoder := unicode.BOMOverride(charset(body).NewDecoder())
	r := csv.NewReader(transform.NewReader(bytes.NewReader(body), decoder))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	first, _, _ := bytes.Cut(body, []byte("\n"))
	if bytes.IndexByte(first, ',') < 0 && bytes.IndexByte(first, '\t') >= 0 {
		r.Comma = '\t'
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return enroll.Fail("roster_file").Because(err)
		}
		no, _ := r.FieldPos(0)
		if err := each(no, cells); err != nil {
			return err
		}
	}
}

// headingLines is how far down the line of headings may stand, below a title.
const headingLines = 10

// readRoster reads a roster line by line; lines above the headings and empty ones do not count.
func readRoster(body []byte, each func(no int, cells enroll.RosterCells) error) (enroll.RosterHeader, error) {
	var header enroll.RosterHeader
	err := readTable(body, func(no int, line []string) error {
		if header.Found() {
			cells := header.Cells(line)
			if len(cells) == 0 {
				return nil
			}
			return each(no, cells)
		}
		if no > headingLines {
			return enroll.Fail("roster_columns", "姓名、证件号码")
		}
		if header = enroll.MatchHeadings(line); !header.Found() {
			return nil
		}
		if missing := header.Missing(); len(missing) > 0 {
			return enroll.Fail("roster_columns", strings.Join(missing, "、"))
		}
		return nil
	})
	if err == nil && !header.Found() {
		err = enroll.Fail("roster_columns", "姓名、证件号码")
	}
	return header, err
}
