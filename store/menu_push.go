package store

import (
	"context"
	"time"
)

// MenuPush is one change of the account's menu: the whole menu before and after, as JSON.
type MenuPush struct {
	ID       string `db:"id"`
	At       int64  `db:"at"`
	PushedBy string `db:"pushed_by"`
	Before   string `db:"before_menu"`
	After    string `db:"after_menu"`
	PushedAt int64  `db:"pushed_at"`
}

// AddMenuPush keeps the former menu before the new one is written.
func (s *Store) AddMenuPush(ctx context.Context, p MenuPush) error {
	return s.insert(ctx, "menu_push", p)
}

// MenuPushed notes that WeChat took the new menu.
func (s *Store) MenuPushed(ctx context.Context, id string, at time.Time) error {
	return s.guard(ctx, `UPDATE menu_push SET pushed_at = ? WHERE id = ?`, millis(at), id)
}

// LastMenuPush is the newest row, pushed or not; not_found without one.
func (s *Store) LastMenuPush(ctx context.Context) (p MenuPush, err error) {
	err = s.get(ctx, &p, `SELECT * FROM menu_push ORDER BY at DESC, id DESC LIMIT 1`)
	return p, err
}

// MenuPushes lists what was pushed, the newest first.
func (s *Store) MenuPushes(ctx context.Context, limit int) (list []MenuPush, err error) {
	err = s.list(ctx, &list, `SELECT * FROM menu_push WHERE pushed_at > 0 ORDER BY at DESC, id DESC LIMIT ?`, limit)
	return list, err
}
