package main

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// validate lists every mistake at once, so that one start tells all.
func (c Config) validate() error {
	wrong := slices.Concat(c.misspelt(), c.wrongAddresses(), c.wrongStores())
	if c.SMSCode == "" {
		wrong = append(wrong, "sms_code is empty: the id of the SMS template with the login code")
	}
	wrong = slices.Concat(wrong, c.Limits.Validate(), c.Push.Validate(), c.WeChat.Validate(), c.Pay.Validate(), c.Tencent.Validate())
	if len(wrong) > 0 {
		return fmt.Errorf("the configuration has %d mistakes:\n  - %s", len(wrong), strings.Join(wrong, "\n  - "))
	}
	return nil
}

func (c Config) misspelt() []string {
	var wrong []string
	for _, key := range c.unknown {
		wrong = append(wrong, key+" is no setting; is it misspelt?")
	}
	return wrong
}

// domainFile is what WeChat and others call their verification files.
var domainFile = regexp.MustCompile(`^[A-Za-z0-9_-]+\.(txt|html)$`)

func (c Config) wrongAddresses() []string {
	var wrong []string
	add := func(bad bool, text string) {
		if bad {
			wrong = append(wrong, text)
		}
	}
	u, err := url.Parse(c.PublicURL)
	add(err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https"), "public_url should be the address that students open, as https://reg.example.edu.cn")
	add(c.Sandbox == "" && u != nil && u.Scheme == "http" && u.Hostname() != "localhost", "public_url should be https: cameras and WeChat work with https only")
	_, _, err = net.SplitHostPort(c.Listen)
	add(err != nil, "listen should be an address with a port, as 127.0.0.1:8080")
	_, _, err = net.SplitHostPort(c.Metrics)
	add(c.Metrics != "" && err != nil, "metrics should be an address with a port, as 127.0.0.1:9100")
	add(c.Sandbox == "" && u != nil && u.Scheme == "https" && len(c.TrustedProxies) == 0,
		"trusted_proxies is empty: with https a proxy stands before this program, and without its address all students count as one")
	for _, proxy := range c.TrustedProxies {
		_, noAddress := netip.ParseAddr(proxy)
		_, noPrefix := netip.ParsePrefix(proxy)
		add(noAddress != nil && noPrefix != nil, fmt.Sprintf("trusted_proxies: %q should be an address or a network, as 10.0.0.0/8", proxy))
	}
	if _, err := c.Staff.networks(); err != nil {
		wrong = append(wrong, err.Error())
	}
	for name := range c.DomainFiles {
		add(!domainFile.MatchString(name), fmt.Sprintf("domain_files: %q should be a file's name, as MP_verify_abc.txt", name))
	}
	return wrong
}

func (c Config) wrongStores() []string {
	var wrong []string
	add := func(bad bool, text string) {
		if bad {
			wrong = append(wrong, text)
		}
	}
	add(c.Database.Driver != "sqlite" && c.Database.Driver != "mysql", "database.driver should be sqlite or mysql")
	add(c.Database.Driver == "mysql" && c.Database.DSN == "", "database.dsn is empty; for MySQL as user:password@tcp(host:3306)/xinsheng")
	add(c.Database.Migrate != "auto" && c.Database.Migrate != "explicit", "database.migrate should be auto or explicit")
	u, err := url.Parse(c.Files.Endpoint)
	add(c.Files.Endpoint != "" && (err != nil || u.Host == ""), "files.endpoint should be an address, as https://cos.ap-guangzhou.myqcloud.com")
	add(c.Files.Endpoint != "" && (c.Files.Bucket == "" || c.Files.AccessKey == "" || c.Files.SecretKey == ""),
		"files: bucket, access_key and secret_key belong to the endpoint")
	for _, address := range c.KV.Addresses {
		_, _, err := net.SplitHostPort(address)
		add(err != nil, fmt.Sprintf("kv.addresses: %q should be an address with a port, as 127.0.0.1:6379", address))
	}
	return wrong
}
