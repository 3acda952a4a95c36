-- +goose Up
CREATE TABLE roster_row (
  import_id       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  row_no          INT NOT NULL DEFAULT 0,
  verdict         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reasons         VARCHAR(500) NOT NULL DEFAULT '',
  content         MEDIUMBLOB NOT NULL,
  registration_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  applied         INT NOT NULL DEFAULT 0,
  PRIMARY KEY (import_id, row_no),
  KEY row_registration (registration_id),
  CHECK (verdict IN ('new', 'changed', 'same', 'refused'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE roster_row;
