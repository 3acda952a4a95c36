-- +goose Up
CREATE TABLE staff_attempt (
  id           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at           BIGINT NOT NULL,
  account_hash BINARY(16) NOT NULL,
  address_hash BINARY(16) NOT NULL,
  outcome      VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  KEY staff_attempt_account (account_hash, at),
  KEY staff_attempt_address (address_hash, at),
  KEY staff_attempt_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE staff_attempt;
