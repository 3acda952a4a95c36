-- +goose Up
CREATE TABLE menu_push (
  id          TEXT NOT NULL CHECK (length(id) = 36),
  at          INTEGER NOT NULL,
  pushed_by   TEXT NOT NULL DEFAULT '' CHECK (length(pushed_by) <= 64),
  before_menu TEXT NOT NULL,
  after_menu  TEXT NOT NULL,
  pushed_at   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id)
) STRICT;

CREATE INDEX menu_push_at ON menu_push (at);

-- +goose Down
DROP TABLE menu_push;
