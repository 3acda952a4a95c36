package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"

	"xinsheng/identity"
	"xinsheng/service"
	"xinsheng/store"
	"xinsheng/wechat/oa"
	"xinsheng/wechat/pay"
)

// Config is config.yaml; each part is a type of the room that it configures.
// Every value can come from the environment: XINSHENG_DATABASE__DSN is database.dsn.
type Config struct {
	// Listen is the address to serve on; PublicURL is how people and WeChat reach it.
	Listen         string            `koanf:"listen"`
	PublicURL      string            `koanf:"public_url"`
	Data           string            `koanf:"data"`
	Keys           string            `koanf:"keys"`
	TrustedProxies []string          `koanf:"trusted_proxies"`
	DomainFiles    map[string]string `koanf:"domain_files"`
	Database       store.Config      `koanf:"database"`
	KV             store.KVConfig    `koanf:"kv"`
	WeChat         oa.Config         `koanf:"wechat"`
	Pay            pay.Config        `koanf:"pay"`
	Tencent        identity.Config   `koanf:"tencent"`
	SMSCode        string            `koanf:"sms_code"`
	Limits         service.Limits    `koanf:"limits"`
	// Sandbox is the address of a sandbox that plays the outside world; empty in production.
	Sandbox string `koanf:"sandbox"`
}

// loadConfig reads the file, then the environment, and fills what follows from the data folder.
func loadConfig(path string) (Config, error) {
	k := koanf.New(".")
	if _, err := os.Stat(path); err == nil {
		if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
			return Config{}, fmt.Errorf("%s: %w", path, err)
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		return Config{}, err
	}
	if err := k.Load(env.Provider(".", env.Opt{Prefix: "XINSHENG_", TransformFunc: environmentKey}), nil); err != nil {
		return Config{}, err
	}
	var cfg Config
	if err := k.Unmarshal("", &cfg); err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	return cfg.withDefaults(), nil
}

// environmentKey turns XINSHENG_DATABASE__DSN into database.dsn; lists are separated by commas.
func environmentKey(key, value string) (string, any) {
	key = strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(key, "XINSHENG_")), "__", ".")
	if key == "kv.addresses" || key == "trusted_proxies" {
		return key, strings.Split(value, ",")
	}
	return key, value
}

func (c Config) withDefaults() Config {
	fill := func(s *string, v string) {
		if *s == "" {
			*s = v
		}
	}
	fill(&c.Listen, "127.0.0.1:8080")
	fill(&c.PublicURL, "http://localhost:8080")
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	fill(&c.Data, "data")
	fill(&c.Keys, filepath.Join(c.Data, "keys.json"))
	fill(&c.Database.Driver, "sqlite")
	if c.Database.Driver == "sqlite" && c.Database.DSN == "" {
		c.Database.DSN = secret(filepath.Join(c.Data, "xinsheng.db"))
		fill(&c.Database.Migrate, "auto")
	}
	fill(&c.Database.Migrate, "explicit")
	c.Limits = c.Limits.WithDefaults()
	return c
}

// validate lists every mistake at once, so that one start tells all.
func (c Config) validate() error {
	var wrong []string
	add := func(bad bool, text string) {
		if bad {
			wrong = append(wrong, text)
		}
	}
	u, err := url.Parse(c.PublicURL)
	add(err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https"), "public_url should be the address that students open, as https://reg.example.edu.cn")
	add(c.Sandbox == "" && u != nil && u.Scheme == "http" && u.Hostname() != "localhost", "public_url should be https: cameras and WeChat work with https only")
	add(c.Database.Driver != "sqlite" && c.Database.Driver != "mysql", "database.driver should be sqlite or mysql")
	add(c.Database.Driver == "mysql" && c.Database.DSN == "", "database.dsn is empty; for MySQL as user:password@tcp(host:3306)/xinsheng")
	add(c.Database.Migrate != "auto" && c.Database.Migrate != "explicit", "database.migrate should be auto or explicit")
	add(c.SMSCode == "", "sms_code is empty: the id of the SMS template with the login code")
	wrong = append(wrong, c.WeChat.Validate()...)
	wrong = append(wrong, c.Pay.Validate()...)
	wrong = append(wrong, c.Tencent.Validate()...)
	if len(wrong) > 0 {
		return fmt.Errorf("the configuration has %d mistakes:\n  - %s", len(wrong), strings.Join(wrong, "\n  - "))
	}
	return nil
}
