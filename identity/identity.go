// Package identity speaks with Tencent Cloud.
package identity

// Client is the gateway.
type Client struct{}
