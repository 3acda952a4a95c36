-- +goose Up
CREATE TABLE push_recipient (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  push_id         TEXT NOT NULL CHECK (length(push_id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  openid          TEXT NOT NULL DEFAULT '' CHECK (length(openid) <= 64),
  carrier         TEXT NOT NULL CHECK (length(carrier) <= 20),
  state           TEXT NOT NULL CHECK (length(state) <= 20),
  failure         TEXT NOT NULL DEFAULT '' CHECK (length(failure) <= 20),
  code            TEXT NOT NULL DEFAULT '' CHECK (length(code) <= 80),
  content         BLOB NOT NULL,
  attempts        INTEGER NOT NULL DEFAULT 0,
  round           INTEGER NOT NULL DEFAULT 0,
  next_at         INTEGER NOT NULL DEFAULT 0,
  tried_at        INTEGER NOT NULL DEFAULT 0,
  unsure_since    INTEGER NOT NULL DEFAULT 0,
  msgid           TEXT NOT NULL DEFAULT '' CHECK (length(msgid) <= 40),
  sent_at         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT push_recipient_once UNIQUE (push_id, registration_id),
  CHECK (state IN ('waiting', 'sending', 'accepted', 'delivered', 'failed', 'unknown', 'dropped'))
) STRICT;

CREATE INDEX push_recipient_state ON push_recipient (push_id, state, carrier, next_at, id);
CREATE INDEX push_recipient_msgid ON push_recipient (msgid);
CREATE INDEX push_recipient_sent ON push_recipient (sent_at, carrier);
CREATE INDEX push_recipient_registration ON push_recipient (registration_id);

-- +goose Down
DROP TABLE push_recipient;
