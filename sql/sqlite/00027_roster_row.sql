-- +goose Up
CREATE TABLE roster_row (
  import_id       TEXT NOT NULL CHECK (length(import_id) = 36),
  row_no          INTEGER NOT NULL DEFAULT 0,
  verdict         TEXT NOT NULL CHECK (length(verdict) <= 20),
  reasons         TEXT NOT NULL DEFAULT '' CHECK (length(reasons) <= 500),
  content         BLOB NOT NULL,
  registration_id TEXT NOT NULL DEFAULT '' CHECK (length(registration_id) <= 36),
  applied         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (import_id, row_no),
  CHECK (verdict IN ('new', 'changed', 'same', 'refused'))
) STRICT;

CREATE INDEX row_registration ON roster_row (registration_id);

-- +goose Down
DROP TABLE roster_row;
