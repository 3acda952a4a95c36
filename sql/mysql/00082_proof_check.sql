-- +goose Up
CREATE TABLE proof_check (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  saved_at        BIGINT NOT NULL DEFAULT 0,
  submitted_at    BIGINT NOT NULL DEFAULT 0,
  result          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note            VARCHAR(500) NOT NULL DEFAULT '',
  evidence        VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  checked_by      VARCHAR(64) NOT NULL DEFAULT '',
  at              BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY proof_check_once (registration_id, saved_at, submitted_at),
  CHECK (result IN ('genuine', 'mismatch', 'not_found', 'out_of_date'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE proof_check;
