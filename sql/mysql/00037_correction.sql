-- +goose Up
CREATE TABLE correction (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  live_key        VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  kind            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  field           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content         VARBINARY(8000) NOT NULL,
  picture         VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  mime            VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  openid          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  login_id        VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  at              BIGINT NOT NULL DEFAULT 0,
  decided_at      BIGINT NOT NULL DEFAULT 0,
  decided_by      VARCHAR(140) NOT NULL DEFAULT '',
  decided_for     VARCHAR(500) NOT NULL DEFAULT '',
  version         INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY correction_live (live_key),
  KEY correction_registration (registration_id, at),
  KEY correction_state (state, kind, id),
  CHECK (kind IN ('field', 'name_check', 'name_pair')),
  CHECK (state IN ('pending', 'granted', 'refused', 'withdrawn'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE correction;
