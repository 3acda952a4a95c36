-- +goose Up
CREATE TABLE section (
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content         MEDIUMBLOB NOT NULL,
  version         INT NOT NULL DEFAULT 0,
  saved_at        BIGINT NOT NULL DEFAULT 0,
  login_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  device          VARCHAR(200) NOT NULL DEFAULT '',
  PRIMARY KEY (registration_id, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE section;
