// Package faults kills the program at every mark of a payment's way and lets it
// start again: whatever the moment, the payment is settled exactly once
// (reliability, row P9). `make faults` runs it; the marks are compiled in with
// the build tag faults only.
package faults
