-- +goose Up
CREATE TABLE push (
  id          CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  intake_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title       VARCHAR(100) NOT NULL,
  occasion    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  letter      MEDIUMTEXT NOT NULL,
  selection   MEDIUMTEXT NOT NULL,
  state       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason      VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  detail      VARCHAR(500) NOT NULL DEFAULT '',
  next_at     BIGINT NOT NULL DEFAULT 0,
  total       BIGINT NOT NULL DEFAULT 0,
  cursor_id   VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  made_by     VARCHAR(64) NOT NULL,
  approved_by VARCHAR(64) NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL DEFAULT 0,
  started_at  BIGINT NOT NULL DEFAULT 0,
  ended_at    BIGINT NOT NULL DEFAULT 0,
  lease_owner VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  lease_until BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY push_state (state, next_at),
  CHECK (state IN ('draft', 'pending', 'building', 'running', 'paused', 'stopped', 'cancelled', 'done'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE push;
