-- +goose Up
CREATE TABLE consent (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  login_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  text_version    INT NOT NULL DEFAULT 0,
  text_hash       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  agreed          INT NOT NULL DEFAULT 0,
  at              BIGINT NOT NULL DEFAULT 0,
  address_hash    BINARY(16) NULL,
  device          VARCHAR(200) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  KEY consent_registration (registration_id, kind, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE consent;
