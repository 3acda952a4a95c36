package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestConfigurationListsEveryMistake reads a file and an environment that are wrong in every room.
func TestConfigurationListsEveryMistake(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	body := `
listen: nowhere
public_url: http://reg.example.edu
databse: {driver: mysql}
trusted_proxies: [proxy]
staff: {addresses: [campus]}
domain_files: {../keys.json: x}
limits: {code_attempts: -1}
wechat: {app_id: mine}
`
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XINSHENG_DATABASE__DRIVER", "oracle")
	t.Setenv("XINSHENG_KV__ADDRESSES", "redis")
	t.Setenv("XINSHENG_KV__PASWORD", "x")
	t.Setenv("XINSHENG_TEST_MYSQL", "no setting")
	t.Setenv("XINSHENG_MARK", "no setting")
	cfg, err := loadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	told := cfg.validate().Error()
	for _, setting := range []string{
		"listen", "public_url", "databse.driver", "trusted_proxies", "staff.addresses", "domain_files", "limits.code_attempts", "wechat.app_id",
		"database.driver", "kv.addresses", "kv.pasword", "sms_code", "tencent.secret_id",
	} {
		if !strings.Contains(told, "\n  - "+setting) {
			t.Errorf("%s is not among the mistakes:\n%s", setting, told)
		}
	}
	if strings.Contains(told, "test") || strings.Contains(told, "mark") {
		t.Errorf("what tests are told counts as a setting:\n%s", told)
	}
}

// TestDomainFileKeepsItsName reads a name with a dot, which elsewhere parts a setting from its room.
func TestDomainFileKeepsItsName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte("domain_files: {MP_verify_abc.txt: abc}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := loadConfig(path)
	if err != nil || cfg.DomainFiles["MP_verify_abc.txt"] != "abc" || len(cfg.unknown) > 0 {
		t.Errorf("%v, %v, %v", cfg.DomainFiles, cfg.unknown, err)
	}
}

// TestShippedConfigurationNamesOnlySettings reads the config.yaml that a college starts from.
func TestShippedConfigurationNamesOnlySettings(t *testing.T) {
	cfg, err := loadConfig("../../config.yaml")
	if err != nil || len(cfg.unknown) > 0 {
		t.Errorf("no settings: %v; %v", cfg.unknown, err)
	}
	if told := cfg.validate().Error(); strings.Contains(told, "limits.") {
		t.Errorf("its limits are refused: %s", told)
	}
}
