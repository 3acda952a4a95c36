package sandbox

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// stateFile is what stands in state.json: the keys of payments and every world.
type stateFile struct {
	First    string // appid of the default world
	Merchant string // private keys, PKCS#1 as PEM
	Platform string
	Worlds   []json.RawMessage // worldData
}

func (s *Sandbox) path() string { return filepath.Join(s.config.Dir, "state.json") }

// load reads the state file if there is a folder and a file in it.
func (s *Sandbox) load() error {
	if s.config.Dir == "" {
		return nil
	}
	raw, err := os.ReadFile(s.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read sandbox state: %w", err)
	}
	var file stateFile
	if err := json.Unmarshal(raw, &file); err != nil {
		return fmt.Errorf("sandbox state %s is damaged, remove it to begin anew: %w", s.path(), err)
	}
	if s.keys.merchant, err = parseKey(file.Merchant); err != nil {
		return fmt.Errorf("sandbox merchant key: %w", err)
	}
	if s.keys.platform, err = parseKey(file.Platform); err != nil {
		return fmt.Errorf("sandbox platform key: %w", err)
	}
	for _, one := range file.Worlds {
		if err := s.loadWorld(one); err != nil {
			return err
		}
	}
	s.first = file.First
	if w := s.worlds[s.first]; w != nil && s.config.Site != "" {
		w.data.Site = s.config.Site // the site may listen elsewhere today
	}
	return nil
}

func (s *Sandbox) loadWorld(raw json.RawMessage) error {
	var d worldData
	if err := json.Unmarshal(raw, &d); err != nil {
		return fmt.Errorf("sandbox world: %w", err)
	}
	d.Credentials.approve()
	fresh := newWorldData(d.Credentials, s.config) // what this version adds: new maps, new demo persons
	d.adopt(fresh)
	if d.Site == "" {
		d.Site = s.config.Site
	}
	s.worlds[d.Credentials.AppID] = &World{sandbox: s, credentials: d.Credentials, data: &d}
	return nil
}

// approve gives an id to every template that an older state file did not know.
func (c Credentials) approve() {
	for _, t := range smsTemplates() {
		if c.SMSTemplates[t.Event] == "" {
			c.SMSTemplates[t.Event] = "1" + randomDigits(6) // a number: it begins with no 0
		}
	}
	for _, t := range wechatTemplates() {
		if c.WeChatTemplates[t.Event] == "" {
			c.WeChatTemplates[t.Event] = randomText(43)
		}
	}
}

// adopt takes from a fresh world what an older state file lacks.
func (d *worldData) adopt(fresh *worldData) {
	for _, u := range fresh.Users {
		known := false
		for _, old := range d.Users {
			known = known || old.Key == u.Key
		}
		if !known {
			d.Users = append(d.Users, u)
		}
	}
	if d.Outcomes == nil {
		d.Outcomes = fresh.Outcomes
	}
	if d.Downs == nil {
		d.Downs = fresh.Downs
	}
	d.Account.adopt(fresh.Account)
	d.Pay.adopt(fresh.Pay)
}

func (s *Sandbox) saveIfDirty() error {
	if !s.dirty.Swap(false) {
		return nil
	}
	return s.save()
}

// save writes the whole state beside the old file and renames it, so that a kill leaves one or the other.
func (s *Sandbox) save() error {
	if s.config.Dir == "" {
		return nil
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	file := stateFile{
		First:    s.first,
		Merchant: pemText("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(s.keys.merchant)),
		Platform: pemText("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(s.keys.platform)),
	}
	for _, w := range s.Worlds() {
		raw, err := w.encode()
		if err != nil {
			return err
		}
		file.Worlds = append(file.Worlds, raw)
	}
	raw, err := json.Marshal(file)
	if err != nil {
		return fmt.Errorf("encode sandbox state: %w", err)
	}
	return s.replace(raw)
}

func (s *Sandbox) replace(raw []byte) error {
	if err := os.MkdirAll(s.config.Dir, 0o700); err != nil {
		return fmt.Errorf("sandbox folder: %w", err)
	}
	next := s.path() + ".next"
	if err := os.WriteFile(next, raw, 0o600); err != nil {
		return fmt.Errorf("write sandbox state: %w", err)
	}
	if err := os.Rename(next, s.path()); err != nil {
		return fmt.Errorf("replace sandbox state: %w", err)
	}
	return nil
}

func (w *World) encode() (json.RawMessage, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	raw, err := json.Marshal(w.data)
	if err != nil {
		return nil, fmt.Errorf("encode world %s: %w", w.data.Credentials.AppID, err)
	}
	return raw, nil
}

func parseKey(text string) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("no PEM block")
	}
	return x509.ParsePKCS1PrivateKey(block.Bytes)
}
