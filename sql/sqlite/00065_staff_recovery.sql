-- +goose Up
CREATE TABLE staff_recovery (
  id        TEXT NOT NULL CHECK (length(id) = 36),
  staff_id  TEXT NOT NULL CHECK (length(staff_id) = 36),
  code_hash BLOB NOT NULL CHECK (length(code_hash) = 16),
  PRIMARY KEY (id),
  CONSTRAINT staff_recovery_code UNIQUE (staff_id, code_hash)
) STRICT;

-- +goose Down
DROP TABLE staff_recovery;
