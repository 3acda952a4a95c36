package main

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/structs"
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
	Listen         string             `koanf:"listen"`
	PublicURL      string             `koanf:"public_url"`
	Data           string             `koanf:"data"`
	Keys           string             `koanf:"keys"`
	TrustedProxies []string           `koanf:"trusted_proxies"`
	DomainFiles    map[string]string  `koanf:"domain_files"`
	Database       store.Config       `koanf:"database"`
	KV             store.KVConfig     `koanf:"kv"`
	Files          store.FilesConfig  `koanf:"files"`
	WeChat         oa.Config          `koanf:"wechat"`
	Pay            pay.Config         `koanf:"pay"`
	Tencent        identity.Config    `koanf:"tencent"`
	SMSCode        string             `koanf:"sms_code"`
	SMSCodeAbroad  string             `koanf:"sms_code_abroad"`
	Limits         service.Limits     `koanf:"limits"`
	Push           service.PushConfig `koanf:"push"`
	Staff          StaffConfig        `koanf:"staff"`
	// Metrics is the address on which /metrics is served, for our own network only; empty serves none.
	Metrics string `koanf:"metrics"`
	// Sandbox is the address of a sandbox that plays the outside world; empty in production.
	Sandbox string `koanf:"sandbox"`

	// unknown are the settings that were given and do not exist.
	unknown []string
}

// StaffConfig says from where the staff site may be opened.
type StaffConfig struct {
	// Addresses are networks, as 10.1.0.0/16; empty admits all.
	Addresses []string `koanf:"addresses"`
}

// networks are the addresses, each as a network; a mistaken one is told by validate.
func (c StaffConfig) networks() ([]netip.Prefix, error) {
	var list []netip.Prefix
	for _, text := range c.Addresses {
		if one, err := netip.ParseAddr(text); err == nil {
			list = append(list, netip.PrefixFrom(one, one.BitLen()))
			continue
		}
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("staff.addresses: %q should be an address or a network, as 10.1.0.0/16", text)
		}
		list = append(list, network.Masked())
	}
	return list, nil
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
	err := k.Load(env.Provider(".", env.Opt{Prefix: "XINSHENG_", TransformFunc: environmentKey}), nil)
	if err != nil {
		return Config{}, err
	}
	var cfg Config
	if err := k.Unmarshal("", &cfg); err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	cfg.unknown, err = unknownSettings(k)
	return cfg.withDefaults(), err
}

// unknownSettings finds what is misspelt: it would be left out in silence.
func unknownSettings(given *koanf.Koanf) ([]string, error) {
	known := koanf.New(".")
	if err := known.Load(structs.Provider(Config{}, "koanf"), nil); err != nil {
		return nil, err
	}
	exists := func(key string) bool {
		return slices.ContainsFunc(known.Keys(), func(k string) bool { return key == k || strings.HasPrefix(key, k+".") })
	}
	return slices.DeleteFunc(given.Keys(), exists), nil
}

// environmentKey turns XINSHENG_DATABASE__DSN into database.dsn; lists are
// separated by commas. The file's own name and what tests and Vite are told are no settings.
func environmentKey(key, value string) (string, any) {
	key = strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(key, "XINSHENG_")), "__", ".")
	switch {
	case key == "config", key == "mark", key == "site", strings.HasPrefix(key, "test_"):
		return "", nil
	case key == "kv.addresses", key == "trusted_proxies", key == "staff.addresses":
		return key, strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
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
	c.Push = c.Push.WithDefaults()
	return c
}
