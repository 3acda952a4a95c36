-- +goose Up
CREATE TABLE return_item (
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason          VARCHAR(500) NOT NULL,
  PRIMARY KEY (registration_id, item)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE return_item;
