-- +goose Up
CREATE TABLE staff_attempt (
  id           TEXT NOT NULL CHECK (length(id) = 36),
  at           INTEGER NOT NULL,
  account_hash BLOB NOT NULL CHECK (length(account_hash) = 16),
  address_hash BLOB NOT NULL CHECK (length(address_hash) = 16),
  outcome      TEXT NOT NULL DEFAULT '' CHECK (length(outcome) <= 20),
  PRIMARY KEY (id)
) STRICT;

CREATE INDEX staff_attempt_account ON staff_attempt (account_hash, at);
CREATE INDEX staff_attempt_address ON staff_attempt (address_hash, at);
CREATE INDEX staff_attempt_at ON staff_attempt (at);

-- +goose Down
DROP TABLE staff_attempt;
