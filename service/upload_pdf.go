package service

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"math"
	"regexp"
	"strconv"

	"xinsheng/enroll"
)

// What a proof has no use for and a reader's computer may suffer from
// (reliability S7). The short names are looked for outside of streams only,
// since compressed bytes hold three letters by chance.
var (
	activeNames = []string{"/JavaScript", "/Launch", "/EmbeddedFile", "/RichMedia", "/XFA", "/SubmitForm", "/ImportData"}
	shortNames  = []string{"/JS", "/AA"}
)

// inflateLimit bounds what is unpacked of all object streams together.
const inflateLimit = 32 << 20

// checkPDF refuses a PDF that is cut short or that does things when opened, and
// counts its pages; 0 where they cannot be told.
func checkPDF(body []byte) (pages int, err error) {
	if !bytes.Contains(body[max(0, len(body)-2048):], []byte("%%EOF")) {
		return 0, enroll.Fail("upload_pdf_broken")
	}
	if whole := unescape(body); holdsName(whole, activeNames) || opensAction(whole) {
		return 0, enroll.Fail("upload_pdf_active")
	}
	texts := readable(body)
	for _, text := range texts {
		if holdsName(text, activeNames) || holdsName(text, shortNames) || opensAction(text) {
			return 0, enroll.Fail("upload_pdf_active")
		}
	}
	return countPages(texts), nil
}

var (
	pageObject = regexp.MustCompile(`/Type\s*/Page[\s/<>\[\]()]`)
	pageTree   = regexp.MustCompile(`/Type\s*/Pages[\s/<>\[\]()]`)
	pageCount  = regexp.MustCompile(`/Count\s+(\d{1,6})`)
	hasParent  = regexp.MustCompile(`/Parent\s+\d`)
	// nextObject lies between two objects, never within one: there a name stands before each dictionary.
	nextObject = regexp.MustCompile(`>>[^/<>]*<<`)
)

// countPages counts the page objects. One that a signature or a change wrote anew
// stands there twice, and one that was taken out still stands there, so that it is
// never more than the newest root of the page tree says.
func countPages(texts [][]byte) int {
	pages, root := 0, math.MaxInt
	for _, text := range texts {
		pages += len(pageObject.FindAll(text, -1))
		if !pageTree.Match(text) {
			continue
		}
		for _, object := range nextObject.Split(string(text), -1) {
			count := pageCount.FindStringSubmatch(object)
			if count != nil && pageTree.MatchString(object+">") && !hasParent.MatchString(object) {
				root, _ = strconv.Atoi(count[1])
			}
		}
	}
	return min(pages, root)
}

func holdsName(text []byte, names []string) bool {
	for _, name := range names {
		for rest := text; ; {
			i := bytes.Index(rest, []byte(name))
			if i < 0 {
				break
			}
			rest = rest[i+len(name):]
			if len(name) > 4 || len(rest) == 0 || delimits(rest[0]) {
				return true
			}
		}
	}
	return false
}

// opensAction finds an action at opening; going to a page ([3 0 R /Fit]) is none.
func opensAction(text []byte) bool {
	for {
		_, after, found := bytes.Cut(text, []byte("/OpenAction"))
		if !found {
			return false
		}
		text = after
		if !bytes.HasPrefix(bytes.TrimLeft(after, " \t\r\n\f\x00"), []byte("[")) {
			return true
		}
	}
}

func delimits(c byte) bool { return bytes.IndexByte([]byte(" \t\r\n\f\x00()<>[]{}/%"), c) >= 0 }

// readable gives, as it stands in the file, what lies outside of streams, and the
// object streams (in which names can hide) unpacked.
func readable(body []byte) (texts [][]byte) {
	left := inflateLimit
	for {
		before, after, found := bytes.Cut(body, []byte("stream"))
		texts = append(texts, unescape(before))
		if !found {
			return texts
		}
		stream, rest, _ := bytes.Cut(after, []byte("endstream"))
		if bytes.Contains(lastDictionary(before), []byte("ObjStm")) {
			text := inflate(stream, left)
			left -= len(text)
			texts = append(texts, unescape(text))
		}
		body = rest
	}
}

func lastDictionary(before []byte) []byte {
	tail := unescape(before[max(0, len(before)-1024):])
	if i := bytes.LastIndex(tail, []byte("obj")); i >= 0 {
		return tail[i:]
	}
	return tail
}

// inflate unpacks as much as can be unpacked, up to a limit; what is broken stays unread, as it would in a reader.
func inflate(stream []byte, limit int) []byte {
	r, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(stream, "\r\n")))
	if err != nil {
		return nil
	}
	text, _ := io.ReadAll(io.LimitReader(r, int64(limit)))
	return text
}

// unescape turns #4a in names into the letter that it means.
func unescape(text []byte) []byte {
	if !bytes.Contains(text, []byte("#")) {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '#' && i+2 < len(text) {
			if c, err := hex.DecodeString(string(text[i+1 : i+3])); err == nil {
				out = append(out, c[0])
				i += 2
				continue
			}
		}
		out = append(out, text[i])
	}
	return out
}
