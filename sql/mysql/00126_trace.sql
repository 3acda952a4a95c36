-- +goose Up
CREATE TABLE trace (
  kind            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  hash            BINARY(16) NOT NULL,
  student_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  first_at        BIGINT NOT NULL DEFAULT 0,
  last_at         BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, hash, student_id),
  KEY trace_student (student_id),
  CHECK (kind IN ('phone', 'openid', 'device', 'picture'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE trace;
