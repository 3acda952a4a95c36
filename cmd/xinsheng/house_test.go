package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms says which rooms of the house a room may import (design §1); * is every one.
var rooms = map[string][]string{
	"enroll":       {},
	"sql":          {},
	"static":       {},
	"store":        {"enroll", "sql"},
	"wechat/oa":    {"enroll"},
	"wechat/pay":   {"enroll"},
	"identity":     {"enroll"},
	"service":      {"store", "wechat/oa", "wechat/pay", "identity", "enroll", "static"},
	"handler":      {"service", "enroll", "static"},
	"sandbox":      {"enroll"},
	"cmd/xinsheng": {"*"},
	"test":         {"*"},
}

// TestHouse holds the import table; what a test imports to see the whole house does not count.
func TestHouse(t *testing.T) {
	const root = "../.."
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && file != root) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		room := roomOf(filepath.ToSlash(filepath.Dir(rel)))
		if room == "" {
			t.Errorf("%s stands in no room of the house", rel)
			return nil
		}
		seen[room] = true
		return checkImports(t, file, room)
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range rooms {
		if !seen[room] && room != "test" {
			t.Errorf("%s holds no code", room)
		}
	}
}

// roomOf is the room of a folder: the longest one that leads to it.
func roomOf(folder string) string {
	for ; folder != "."; folder = path.Dir(folder) {
		if _, ok := rooms[folder]; ok {
			return folder
		}
	}
	return ""
}

func checkImports(t *testing.T, file, room string) error {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return err
	}
	allowed := rooms[room]
	for _, spec := range f.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if other, ours := strings.CutPrefix(name, "xinsheng/"); ours {
			other = roomOf(other)
			if other != room && !slices.Contains(allowed, other) && !slices.Contains(allowed, "*") {
				t.Errorf("%s: %s may not import %s", file, room, name)
			}
			continue
		}
		first, _, _ := strings.Cut(name, "/")
		if room == "enroll" && strings.Contains(first, ".") {
			t.Errorf("%s: enroll imports the standard library only, not %s", file, name)
		}
		if strings.HasPrefix(name, "github.com/gin-gonic/") && room != "handler" {
			t.Errorf("%s: gin belongs into handler", file)
		}
	}
	return nil
}
