-- +goose Up
CREATE TABLE desk_code (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id_number_hash  BINARY(16) NOT NULL,
  phone_hash      BINARY(16) NOT NULL,
  digest          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at              BIGINT NOT NULL,
  expires_at      BIGINT NOT NULL,
  tries           INT NOT NULL DEFAULT 0,
  used_at         BIGINT NOT NULL DEFAULT 0,
  issued_by       VARCHAR(64) NOT NULL,
  PRIMARY KEY (id),
  KEY desk_code_person (id_number_hash, phone_hash),
  KEY desk_code_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE desk_code;
