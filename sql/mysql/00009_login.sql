-- +goose Up
CREATE TABLE login (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  student_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at              BIGINT NOT NULL DEFAULT 0,
  phone_hash      BINARY(16) NOT NULL,
  phone           VARBINARY(400) NOT NULL,
  openid          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  device          VARCHAR(200) NOT NULL DEFAULT '',
  address_hash    BINARY(16) NULL,
  face_passed_at  BIGINT NOT NULL DEFAULT 0,
  ended_at        BIGINT NOT NULL DEFAULT 0,
  chosen          TINYINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY login_registration (registration_id, at),
  KEY login_phone (phone_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE login;
