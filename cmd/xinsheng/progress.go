package main

import (
	"fmt"
	"os"

	"github.com/mattn/go-isatty"

	"xinsheng/service"
)

// progress shows on stderr how far a long command is: one line that renews itself, or, in a log, its begin and end.
func progress(label string) service.Progress {
	terminal := isatty.IsTerminal(os.Stderr.Fd())
	return func(done, total int) {
		end := total > 0 && done == total
		switch {
		case terminal && total > 0:
			fmt.Fprintf(os.Stderr, "\r%s %d/%d（%d%%）", label, done, total, done*100/total)
		case terminal:
			fmt.Fprintf(os.Stderr, "\r%s %d 行", label, done)
		case end || total > 0 && done == 0:
			fmt.Fprintf(os.Stderr, "%s %d/%d\n", label, done, total)
		}
		if terminal && (end || total == 0) {
			fmt.Fprintln(os.Stderr)
		}
	}
}
