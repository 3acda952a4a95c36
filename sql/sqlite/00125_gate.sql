-- +goose Up
CREATE TABLE gate (
  id       TEXT NOT NULL CHECK (length(id) = 36),
  gate     TEXT NOT NULL CHECK (length(gate) <= 20),
  version  INTEGER NOT NULL,
  paused   INTEGER NOT NULL DEFAULT 0,
  sentence TEXT NOT NULL DEFAULT '' CHECK (length(sentence) <= 200),
  account  TEXT NOT NULL DEFAULT '' CHECK (length(account) <= 64),
  at       INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT gate_version UNIQUE (gate, version),
  CHECK (gate IN ('code', 'face', 'pay', 'message', 'push'))
) STRICT;

-- +goose Down
DROP TABLE gate;
