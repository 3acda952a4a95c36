-- +goose Up
CREATE TABLE delivery (
  msgid     TEXT NOT NULL CHECK (length(msgid) <= 40),
  outbox_id TEXT NOT NULL CHECK (length(outbox_id) = 36),
  openid    TEXT NOT NULL CHECK (length(openid) <= 64),
  status    TEXT NOT NULL DEFAULT '' CHECK (length(status) <= 80),
  at        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (msgid)
) STRICT;

-- +goose Down
DROP TABLE delivery;
