-- +goose Up
CREATE TABLE login_attempt (
  id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at             BIGINT NOT NULL DEFAULT 0,
  kind           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id_number_hash BINARY(16) NULL,
  phone_hash     BINARY(16) NULL,
  address_hash   BINARY(16) NULL,
  outcome        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id),
  KEY attempt_identity (id_number_hash, at),
  KEY attempt_phone (phone_hash, at),
  KEY attempt_address (address_hash, at),
  KEY attempt_at (kind, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE login_attempt;
