-- +goose Up
CREATE TABLE approval (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object          VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  live_key        VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
  params          VARCHAR(1000) NOT NULL,
  reason          VARCHAR(500) NOT NULL DEFAULT '',
  state           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  asked_by        VARCHAR(64) NOT NULL,
  asked_at        BIGINT NOT NULL DEFAULT 0,
  decided_by      VARCHAR(64) NOT NULL DEFAULT '',
  decided_at      BIGINT NOT NULL DEFAULT 0,
  note            VARCHAR(500) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  UNIQUE KEY approval_live (live_key),
  KEY approval_state (state, id),
  KEY approval_registration (registration_id, asked_at),
  CHECK (state IN ('pending', 'confirmed', 'refused', 'withdrawn'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE approval;
