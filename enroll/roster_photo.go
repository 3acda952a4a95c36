package enroll

import "time"

// RosterPhoto is the admission's picture of a registration (录取照片); Object
// names its encrypted bytes, a JPEG, and SourceHash tells whether a file brings the same picture again.
type RosterPhoto struct {
	Registration string
	Object       string
	SourceHash   string
	Bytes        int
	Width        int
	Height       int
	CreatedAt    time.Time
}
