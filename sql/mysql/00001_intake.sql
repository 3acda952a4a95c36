-- +goose Up
CREATE TABLE intake (
  id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  grade      INT NOT NULL DEFAULT 0,
  name       VARCHAR(60) NOT NULL,
  opens_at   BIGINT NOT NULL DEFAULT 0,
  closes_at  BIGINT NOT NULL DEFAULT 0,
  settings   MEDIUMTEXT NOT NULL,
  version    INT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY intake_grade (grade, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE intake;
