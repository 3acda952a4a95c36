-- +goose Up
CREATE TABLE proof (
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content         VARBINARY(1000) NOT NULL,
  saved_at        BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (registration_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE proof;
