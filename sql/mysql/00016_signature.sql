-- +goose Up
CREATE TABLE signature (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  text_version    INT NOT NULL DEFAULT 0,
  text_hash       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  picture         VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  pdf             VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  at              BIGINT NOT NULL DEFAULT 0,
  void_at         BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY signature_registration (registration_id, kind)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE signature;
