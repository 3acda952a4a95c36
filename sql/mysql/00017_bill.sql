-- +goose Up
CREATE TABLE bill (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version         INT NOT NULL DEFAULT 0,
  total_fen       BIGINT NOT NULL DEFAULT 0,
  paid_fen        BIGINT NOT NULL DEFAULT 0,
  waived_fen      BIGINT NOT NULL DEFAULT 0,
  items           MEDIUMTEXT NOT NULL,
  created_at      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY bill_registration (registration_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE bill;
