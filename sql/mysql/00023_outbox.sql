-- +goose Up
CREATE TABLE outbox (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind            VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  dedupe          VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  payload         MEDIUMBLOB NOT NULL,
  urgent          INT NOT NULL DEFAULT 0,
  state           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempts        INT NOT NULL DEFAULT 0,
  next_at         BIGINT NOT NULL DEFAULT 0,
  lease_owner     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  lease_until     BIGINT NOT NULL DEFAULT 0,
  unsure_since    BIGINT NOT NULL DEFAULT 0,
  created_at      BIGINT NOT NULL DEFAULT 0,
  done_at         BIGINT NOT NULL DEFAULT 0,
  last_error      VARCHAR(500) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  UNIQUE KEY outbox_dedupe (dedupe),
  KEY outbox_next (state, next_at),
  KEY outbox_lease (lease_owner),
  CHECK (state IN ('waiting', 'done', 'dead', 'unknown'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE outbox;
