-- +goose Up
CREATE TABLE student (
  id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id_type        VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id_number_hash BINARY(16) NOT NULL,
  id_number      VARBINARY(400) NOT NULL,
  name           VARCHAR(100) NOT NULL,
  phone_hash     BINARY(16) NULL,
  phone          VARBINARY(400) NULL,
  openid         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  bound_at       BIGINT NOT NULL DEFAULT 0,
  version        INT NOT NULL DEFAULT 0,
  created_at     BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY student_document (id_type, id_number_hash),
  KEY student_phone (phone_hash),
  KEY student_openid (openid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE student;
