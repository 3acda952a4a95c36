-- +goose Up
CREATE TABLE outbox (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  kind            TEXT NOT NULL CHECK (length(kind) <= 40),
  dedupe          TEXT NOT NULL CHECK (length(dedupe) <= 120),
  registration_id TEXT NOT NULL DEFAULT '' CHECK (length(registration_id) <= 36),
  payload         BLOB NOT NULL,
  urgent          INTEGER NOT NULL DEFAULT 0,
  state           TEXT NOT NULL CHECK (length(state) <= 20),
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_at         INTEGER NOT NULL DEFAULT 0,
  lease_owner     TEXT NOT NULL DEFAULT '' CHECK (length(lease_owner) <= 64),
  lease_until     INTEGER NOT NULL DEFAULT 0,
  unsure_since    INTEGER NOT NULL DEFAULT 0,
  created_at      INTEGER NOT NULL DEFAULT 0,
  done_at         INTEGER NOT NULL DEFAULT 0,
  last_error      TEXT NOT NULL DEFAULT '' CHECK (length(last_error) <= 500),
  PRIMARY KEY (id),
  CONSTRAINT outbox_dedupe UNIQUE (dedupe),
  CHECK (state IN ('waiting', 'done', 'dead', 'unknown'))
) STRICT;

CREATE INDEX outbox_next ON outbox (state, next_at);
CREATE INDEX outbox_lease ON outbox (lease_owner);

-- +goose Down
DROP TABLE outbox;
