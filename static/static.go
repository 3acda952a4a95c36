// Package static holds the pages: their sources (Vue, built by Vite) and the build, embedded in the program.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// ErrNotBuilt says that the program was compiled before the pages were built (`make build` does both in order).
var ErrNotBuilt = errors.New("static: pages are not built: run `npm run build` in static")

// Site serves the built pages from memory, compressed once at start.
type Site struct {
	files  map[string]file
	styles []string
}

type file struct {
	contentType  string
	cacheControl string
	etag         string
	plain        []byte
	gzipped      []byte // nil where compression gains nothing
}

// Open reads and compresses the embedded pages; ErrNotBuilt if there are none.
func Open() (*Site, error) {
	web, err := fs.Sub(dist, "dist/web")
	if err != nil {
		return nil, fmt.Errorf("open embedded pages: %w", err)
	}
	site := &Site{files: map[string]file{}}
	err = fs.WalkDir(web, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(web, name)
		if err != nil {
			return err
		}
		site.files["/"+name], err = prepare(name, content)
		if path.Ext(name) == ".html" {
			site.styles = append(site.styles, styleSources(content)...)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) || err == nil && site.files["/index.html"].plain == nil {
		return nil, ErrNotBuilt
	}
	if err != nil {
		return nil, fmt.Errorf("read embedded pages: %w", err)
	}
	return site, nil
}

// ServeHTTP answers GET and HEAD: "/" is the students' page, "/staff" the staff's; hashed assets may be kept for a year,
// HTML is asked for anew each time, because WeChat keeps it stubbornly otherwise.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := path.Clean(r.URL.Path)
	if name == "/" || name == "/staff" {
		name = path.Join(name, "index.html")
	}
	found, ok := s.files[name]
	if !ok || r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.NotFound(w, r)
		return
	}
	found.serve(w, r)
}

// StyleSources lists the Content-Security-Policy sources ('sha256-…') of the styles written into our HTML.
func (s *Site) StyleSources() []string { return s.styles }

// Font is the TrueType font with Chinese characters for PDFs; nil before the pages were built.
func Font() []byte {
	font, err := dist.ReadFile("dist/font/NotoSansSC-Regular.ttf")
	if err != nil {
		return nil
	}
	return font
}

func (f file) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", f.contentType)
	header.Set("Cache-Control", f.cacheControl)
	header.Set("ETag", f.etag)
	header.Set("Vary", "Accept-Encoding")
	header.Set("X-Content-Type-Options", "nosniff")
	if strings.Contains(r.Header.Get("If-None-Match"), f.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := f.plain
	if f.gzipped != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		body = f.gzipped
	}
	header.Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	// A browser that went away is no fault of ours: there is nobody left to tell.
	_, _ = w.Write(body)
}

func prepare(name string, content []byte) (file, error) {
	sum := sha256.Sum256(content)
	prepared := file{
		contentType:  contentType(name),
		cacheControl: cacheControl(name),
		etag:         `"` + hex.EncodeToString(sum[:8]) + `"`,
		plain:        content,
	}
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return file{}, err
	}
	if _, err := writer.Write(content); err != nil {
		return file{}, err
	}
	if err := writer.Close(); err != nil {
		return file{}, err
	}
	if packed.Len() < len(content)*9/10 {
		prepared.gzipped = packed.Bytes()
	}
	return prepared, nil
}

// contentType does not trust the machine's mime table for the types that browsers insist on.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".wasm":
		return "application/wasm"
	case ".woff2":
		return "font/woff2"
	case ".svg":
		return "image/svg+xml"
	}
	if known := mime.TypeByExtension(path.Ext(name)); known != "" {
		return known
	}
	return "application/octet-stream"
}

func cacheControl(name string) string {
	switch {
	case strings.HasPrefix(strings.TrimPrefix(name, "staff/"), "assets/"):
		return "public, max-age=31536000, immutable"
	case path.Ext(name) == ".html":
		return "no-cache, no-store"
	default:
		return "no-cache"
	}
}

func styleSources(html []byte) []string {
	var sources []string
	for _, style := range inlineStyle().FindAllSubmatch(html, -1) {
		sum := sha256.Sum256(style[1])
		sources = append(sources, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	return sources
}

func inlineStyle() *regexp.Regexp { return regexp.MustCompile(`(?s)<style>(.*?)</style>`) }
