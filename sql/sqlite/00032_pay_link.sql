-- +goose Up
CREATE TABLE pay_link (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  bill_id         TEXT NOT NULL CHECK (length(bill_id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  bill_version    INTEGER NOT NULL DEFAULT 0,
  token_hash      BLOB NOT NULL CHECK (length(token_hash) = 16),
  live_key        TEXT NULL CHECK (length(live_key) <= 40),
  created_at      INTEGER NOT NULL DEFAULT 0,
  expires_at      INTEGER NOT NULL DEFAULT 0,
  version         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT pay_link_token UNIQUE (token_hash),
  CONSTRAINT pay_link_live UNIQUE (live_key)
) STRICT;

-- +goose Down
DROP TABLE pay_link;
