-- +goose Up
CREATE TABLE assist (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  live_key        TEXT NULL CHECK (length(live_key) = 36),
  staff_id        TEXT NOT NULL CHECK (length(staff_id) = 36),
  account         TEXT NOT NULL CHECK (length(account) <= 32),
  role            TEXT NOT NULL CHECK (length(role) <= 20),
  reason          TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 200),
  at              INTEGER NOT NULL DEFAULT 0,
  ended_at        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT assist_live UNIQUE (live_key)
) STRICT;

CREATE INDEX assist_registration ON assist (registration_id, at);

-- +goose Down
DROP TABLE assist;
