-- +goose Up
CREATE TABLE push_receipt (
  msgid       TEXT NOT NULL CHECK (length(msgid) <= 40),
  status      TEXT NOT NULL CHECK (length(status) <= 80),
  at          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (msgid)
) STRICT;

CREATE INDEX push_receipt_at ON push_receipt (at);

-- +goose Down
DROP TABLE push_receipt;
