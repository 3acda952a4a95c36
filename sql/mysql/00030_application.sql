-- +goose Up
CREATE TABLE application (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  pending_key     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  kind            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content         VARBINARY(8000) NOT NULL,
  until_at        BIGINT NOT NULL DEFAULT 0,
  intake_id       VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  program_id      VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  point_id        VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  signature       VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  openid          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  at              BIGINT NOT NULL DEFAULT 0,
  filed_by        VARCHAR(64) NOT NULL DEFAULT '',
  decided_at      BIGINT NOT NULL DEFAULT 0,
  decided_by      VARCHAR(140) NOT NULL DEFAULT '',
  decided_for     VARCHAR(500) NOT NULL DEFAULT '',
  version         INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY application_pending (pending_key),
  KEY application_registration (registration_id, at),
  KEY application_state (state, at),
  CHECK (kind IN ('reserve', 'give_up', 'resume', 'leave')),
  CHECK (state IN ('pending', 'granted', 'refused', 'withdrawn'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE application;
