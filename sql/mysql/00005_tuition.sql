-- +goose Up
CREATE TABLE tuition (
  id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  intake_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  program_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  point_id   VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  fens       MEDIUMTEXT NOT NULL,
  approval   VARCHAR(100) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY tuition_place (program_id, point_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE tuition;
