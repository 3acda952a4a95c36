package main

import (
	"fmt"
	"os"
	"text/tabwriter"
)

// lines is a table on the screen, one row a line.
type lines struct{ *tabwriter.Writer }

func table(headings ...any) lines {
	w := lines{tabwriter.NewWriter(os.Stdout, 2, 4, 2, ' ', 0)}
	w.row(headings...)
	return w
}

func (w lines) row(cells ...any) {
	for _, cell := range cells {
		fmt.Fprintf(w, "%v\t", cell)
	}
	fmt.Fprintln(w)
}
