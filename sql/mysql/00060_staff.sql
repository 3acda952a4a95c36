-- +goose Up
CREATE TABLE staff (
  id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account       VARCHAR(64) NOT NULL,
  name          VARCHAR(64) NOT NULL DEFAULT '',
  role          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  point_code    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  password_hash VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  totp_secret   VARBINARY(200) NULL,
  totp_step     BIGINT NOT NULL DEFAULT 0,
  session_mark  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  first_until   BIGINT NOT NULL DEFAULT 0,
  created_at    BIGINT NOT NULL DEFAULT 0,
  expires_at    BIGINT NOT NULL DEFAULT 0,
  seen_at       BIGINT NOT NULL DEFAULT 0,
  disabled_at   BIGINT NOT NULL DEFAULT 0,
  version       INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY staff_account (account),
  CHECK (role IN ('admin', 'registrar', 'finance', 'clerk'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE staff;
