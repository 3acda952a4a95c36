// Package pay speaks with WeChat Pay.
package pay

// Client is the gateway.
type Client struct{}
