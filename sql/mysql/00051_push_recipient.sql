-- +goose Up
CREATE TABLE push_recipient (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  push_id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  openid          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  carrier         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  failure         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  code            VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  content         MEDIUMBLOB NOT NULL,
  attempts        BIGINT NOT NULL DEFAULT 0,
  round           BIGINT NOT NULL DEFAULT 0,
  next_at         BIGINT NOT NULL DEFAULT 0,
  tried_at        BIGINT NOT NULL DEFAULT 0,
  unsure_since    BIGINT NOT NULL DEFAULT 0,
  msgid           VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  sent_at         BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY push_recipient_once (push_id, registration_id),
  KEY push_recipient_state (push_id, state, carrier, next_at, id),
  KEY push_recipient_msgid (msgid),
  KEY push_recipient_sent (sent_at, carrier),
  KEY push_recipient_registration (registration_id),
  CHECK (state IN ('waiting', 'sending', 'accepted', 'delivered', 'failed', 'unknown', 'dropped'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE push_recipient;
