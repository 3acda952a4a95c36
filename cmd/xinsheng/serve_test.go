package main

import "testing"

func TestOneServerOnOneFolder(t *testing.T) {
	dir := t.TempDir()
	unlock, err := lockData(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lockData(dir); err == nil {
		t.Error("a second server took the folder")
	}
	unlock()
	again, err := lockData(dir)
	if err != nil {
		t.Fatal(err)
	}
	again()
}
