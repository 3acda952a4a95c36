-- +goose Up
CREATE TABLE face_archive (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  login_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phone_hash      BINARY(16) NOT NULL,
  phone           VARBINARY(400) NOT NULL,
  openid          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  object          VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at              BIGINT NOT NULL DEFAULT 0,
  state           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  decided_by      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  decided_at      BIGINT NOT NULL DEFAULT 0,
  reason          VARCHAR(500) NOT NULL DEFAULT '',
  name_check      VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  version         INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY archive_registration (registration_id, at),
  KEY archive_state (state, at),
  CHECK (state IN ('archived', 'approved', 'rejected'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE face_archive;
