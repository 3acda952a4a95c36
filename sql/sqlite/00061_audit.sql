-- +goose Up
CREATE TABLE audit (
  id       TEXT NOT NULL CHECK (length(id) = 36),
  at       INTEGER NOT NULL,
  staff_id TEXT NOT NULL DEFAULT '' CHECK (length(staff_id) <= 36),
  account  TEXT NOT NULL DEFAULT '' CHECK (length(account) <= 64),
  role     TEXT NOT NULL DEFAULT '' CHECK (length(role) <= 20),
  action   TEXT NOT NULL DEFAULT '' CHECK (length(action) <= 40),
  object   TEXT NOT NULL DEFAULT '' CHECK (length(object) <= 64),
  detail   TEXT NOT NULL DEFAULT '' CHECK (length(detail) <= 500),
  address  TEXT NOT NULL DEFAULT '' CHECK (length(address) <= 64),
  seq      INTEGER NULL,
  chain    BLOB NULL CHECK (length(chain) = 32),
  PRIMARY KEY (id),
  CONSTRAINT audit_seq UNIQUE (seq)
) STRICT;

CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_object ON audit (object, at);
CREATE INDEX audit_staff ON audit (staff_id, at);

-- +goose Down
DROP TABLE audit;
