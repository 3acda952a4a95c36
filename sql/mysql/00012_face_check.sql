-- +goose Up
CREATE TABLE face_check (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  login_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at              BIGINT NOT NULL DEFAULT 0,
  action          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  outcome         VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  result          VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  sim             DOUBLE NOT NULL DEFAULT 0,
  request_id      VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  KEY face_check_day (registration_id, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE face_check;
