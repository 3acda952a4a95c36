-- +goose Up
CREATE TABLE login_attempt (
  id             TEXT NOT NULL CHECK (length(id) = 36),
  at             INTEGER NOT NULL DEFAULT 0,
  kind           TEXT NOT NULL CHECK (length(kind) <= 20),
  id_number_hash BLOB NULL CHECK (length(id_number_hash) = 16),
  phone_hash     BLOB NULL CHECK (length(phone_hash) = 16),
  address_hash   BLOB NULL CHECK (length(address_hash) = 16),
  outcome        TEXT NOT NULL CHECK (length(outcome) <= 40),
  PRIMARY KEY (id)
) STRICT;

CREATE INDEX attempt_identity ON login_attempt (id_number_hash, at);
CREATE INDEX attempt_phone ON login_attempt (phone_hash, at);
CREATE INDEX attempt_address ON login_attempt (address_hash, at);
CREATE INDEX attempt_at ON login_attempt (kind, at);

-- +goose Down
DROP TABLE login_attempt;
