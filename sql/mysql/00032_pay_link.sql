-- +goose Up
CREATE TABLE pay_link (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bill_id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bill_version    INT NOT NULL DEFAULT 0,
  token_hash      BINARY(16) NOT NULL,
  live_key        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at      BIGINT NOT NULL DEFAULT 0,
  expires_at      BIGINT NOT NULL DEFAULT 0,
  version         INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY pay_link_token (token_hash),
  UNIQUE KEY pay_link_live (live_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE pay_link;
