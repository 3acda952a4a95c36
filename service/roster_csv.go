package service

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"xinsheng/enroll"
)

// A record of a csv may go over so many lines, of so many bytes; a quote that is still open then was never closed.
const (
	recordLines = 20
	recordBytes = 64 << 10
)

// csvReader reads records as spreadsheets write them. A quote that is never closed spoils its own line, not the rest of the file.
type csvReader struct {
	text  *bufio.Reader
	comma rune
	ahead []string
	// no is the line that stands first in ahead.
	no int
}

func readCSV(file *io.SectionReader, first []byte, each func(tableLine) error) error {
	set, err := charset(file, first)
	if err != nil {
		return err
	}
	decoder := unicode.BOMOverride(set.NewDecoder())
	r := &csvReader{text: bufio.NewReader(transform.NewReader(io.NewSectionReader(file, 0, file.Size()), decoder)), no: 1}
	begin, _ := r.text.Peek(1024) // what cannot be read is found by reading on
	r.comma = separator(begin)
	for {
		line, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return enroll.Fail("roster_file").Because(err)
		}
		if err := each(line); err != nil {
			return err
		}
	}
}

// separator is the mark that stands between cells, by what the begin of a file has most of.
func separator(begin []byte) rune {
	best := ','
	for _, mark := range "\t;" {
		if bytes.Count(begin, []byte(string(mark))) > bytes.Count(begin, []byte(string(best))) {
			best = mark
		}
	}
	return best
}

func (r *csvReader) next() (tableLine, error) {
	for n := 1; ; n++ {
		if err := r.fill(n); err != nil && (n == 1 || !errors.Is(err, io.EOF)) {
			return tableLine{}, err
		}
		whole := len(r.ahead) >= n
		record := strings.Join(r.ahead[:min(n, len(r.ahead))], "")
		switch {
		case whole && !openQuote(record, r.comma):
		case whole && n < recordLines && len(record) < recordBytes:
			continue
		default:
			n, record = 1, strings.ReplaceAll(r.ahead[0], `"`, "")
		}
		line := tableLine{no: r.no}
		r.no, r.ahead = r.no+n, r.ahead[n:]
		if strings.TrimSpace(record) == "" {
			n = 0
			continue
		}
		var err error
		line.cells, err = r.cells(record)
		return line, err
	}
}

// fill reads on until n lines are there.
func (r *csvReader) fill(n int) error {
	for len(r.ahead) < n {
		line, err := r.text.ReadString('\n')
		if line == "" {
			return err
		}
		r.ahead = append(r.ahead, line)
	}
	return nil
}

func (r *csvReader) cells(record string) ([]string, error) {
	parts := csv.NewReader(strings.NewReader(record))
	parts.FieldsPerRecord, parts.LazyQuotes, parts.Comma = -1, true, r.comma
	return parts.Read()
}

// openQuote says that a record ends within a quoted cell.
func openQuote(record string, comma rune) bool {
	quoted, begins := false, true
	for i := 0; i < len(record); i++ {
		c := record[i]
		last := i+1 == len(record)
		switch {
		case quoted && c == '"' && !last && record[i+1] == '"':
			i++
		case quoted && c == '"' && (last || strings.IndexByte("\r\n"+string(comma), record[i+1]) >= 0):
			quoted = false
		case !quoted && c == '"' && begins:
			quoted = true
		}
		begins = !quoted && (c == byte(comma) || c == '\n')
	}
	return quoted
}
