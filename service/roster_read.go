package service

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"xinsheng/enroll"
)

// RosterBytes is the largest roster file that staff upload.
const RosterBytes = 64 << 20

// The bounds of a file that staff import; an xlsx may not unfold to more than
// sheetBytes, nor to more than heldBytes of what is kept in memory while it is read.
const (
	tableBytes = RosterBytes
	sheetBytes = 512 << 20
	heldBytes  = 64 << 20
)

// tableLine is one line of a table with its number in the file, from 1.
type tableLine struct {
	no    int
	cells []string
	// hidden lines are in the file, and not to be seen in the spreadsheet.
	hidden bool
}

// tableOf is a table that is in memory.
func tableOf(body []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(body), 0, int64(len(body)))
}

// isSheet says that a file is an xlsx, which is a ZIP.
func isSheet(first []byte) bool { return bytes.HasPrefix(first, []byte("PK\x03\x04")) }

// firstBytes are the begin of a file, enough to tell what it is.
func firstBytes(file *io.SectionReader) []byte {
	first := make([]byte, min(file.Size(), 1024))
	n, _ := file.ReadAt(first, 0) // what cannot be read is found by whoever reads on
	return first[:n]
}

// readTable hands each line of a table to each: xlsx (the first sheet that is
// not hidden, as a stream) or csv in UTF-8, UTF-16 or GB18030.
func readTable(file *io.SectionReader, each func(tableLine) error) error {
	first := firstBytes(file)
	switch {
	case file.Size() > tableBytes:
		return enroll.Fail("roster_file")
	case isSheet(first):
		return readSheet(file, each)
	case len(first) == 0, bytes.IndexByte(first, 0) >= 0 && !hasUTF16Mark(first):
		return enroll.Fail("roster_file")
	}
	return readCSV(file, first, each)
}

// readSheet reads row by row; what does not fit into memory unfolds into a
// folder of its own, which nobody else may read and which goes at the end.
func readSheet(file *io.SectionReader, each func(tableLine) error) (err error) {
	if err := checkSheet(file); err != nil {
		return enroll.Fail("roster_file").Because(err)
	}
	folder, err := os.MkdirTemp("", jobFolder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	f, err := excelize.OpenReader(file, excelize.Options{UnzipSizeLimit: sheetBytes, RawCellValue: true, TmpDir: folder})
	if err != nil {
		return enroll.Fail("roster_file").Because(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sheet, err := shownSheet(f)
	if err != nil {
		return err
	}
	rows, err := f.Rows(sheet)
	if err != nil {
		return enroll.Fail("roster_file").Because(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for no := 1; rows.Next(); no++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return enroll.Fail("roster_file").Because(err)
		}
		if err := each(tableLine{no: no, cells: cells, hidden: len(cells) > 0 && rows.GetRowOpts().Hidden}); err != nil {
			return err
		}
	}
	return rows.Error()
}

// checkSheet refuses what would unfold to more than there is room for.
func checkSheet(file *io.SectionReader) error {
	archive, err := zip.NewReader(file, file.Size())
	if err != nil {
		return err
	}
	var all, held uint64
	for _, part := range archive.File {
		all += part.UncompressedSize64
		name := strings.ToLower(part.Name)
		streamed := strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml"
		if !streamed || part.UncompressedSize64 <= excelize.StreamChunkSize {
			held += part.UncompressedSize64
		}
		if all > sheetBytes || held > heldBytes {
			return fmt.Errorf("the file unfolds to more than %d bytes", all)
		}
	}
	return nil
}

// shownSheet is the first sheet that people see.
func shownSheet(f *excelize.File) (string, error) {
	for _, name := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(name); err == nil && shown {
			return name, nil
		}
	}
	return "", enroll.Fail("roster_file")
}

func hasUTF16Mark(first []byte) bool {
	return bytes.HasPrefix(first, []byte("\xff\xfe")) || bytes.HasPrefix(first, []byte("\xfe\xff"))
}

// charset is UTF-16 or UTF-8 where the file says so or is valid as such, else GB18030, which holds GBK and GB2312.
func charset(file *io.SectionReader, first []byte) (encoding.Encoding, error) {
	valid, err := validUTF8(io.NewSectionReader(file, 0, file.Size()))
	if err != nil || hasUTF16Mark(first) || valid {
		return unicode.UTF8, err
	}
	return simplifiedchinese.GB18030, nil
}

func validUTF8(file io.Reader) (bool, error) {
	_, err := io.Copy(io.Discard, transform.NewReader(file, encoding.UTF8Validator))
	if errors.Is(err, encoding.ErrInvalidUTF8) {
		return false, nil
	}
	return err == nil, err
}

// headingLines is how far down the line of headings may stand, below a title.
const headingLines = 10

// readRoster reads a roster line by line; lines above the headings and empty ones do not count.
func readRoster(file *io.SectionReader, each func(line tableLine, cells enroll.RosterCells) error) (enroll.RosterHeader, error) {
	var header enroll.RosterHeader
	err := readTable(file, func(line tableLine) error {
		if header.Found() {
			cells := header.Cells(line.cells)
			if len(cells) == 0 {
				return nil
			}
			return each(line, cells)
		}
		if line.no > headingLines {
			return enroll.Fail("roster_columns", "姓名、证件号码")
		}
		if header = enroll.MatchHeadings(line.cells); !header.Found() {
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
