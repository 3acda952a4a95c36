-- +goose Up
CREATE TABLE audit_head (
  id   INTEGER NOT NULL,
  seq  INTEGER NOT NULL DEFAULT 0,
  head BLOB NULL CHECK (length(head) <= 200),
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE audit_head;
