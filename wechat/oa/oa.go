// Package oa speaks with the official account.
package oa

// Client is the gateway.
type Client struct{}
