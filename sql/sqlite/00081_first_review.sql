-- +goose Up
CREATE TABLE first_review (
  kind         TEXT NOT NULL CHECK (length(kind) <= 20),
  item_id      TEXT NOT NULL CHECK (length(item_id) = 36),
  item_version INTEGER NOT NULL DEFAULT 0,
  pass         INTEGER NOT NULL DEFAULT 0,
  reason       TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  items        TEXT NOT NULL DEFAULT '' CHECK (length(items) <= 4000),
  staff_id     TEXT NOT NULL CHECK (length(staff_id) = 36),
  at           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, item_id)
) STRICT;

-- +goose Down
DROP TABLE first_review;
