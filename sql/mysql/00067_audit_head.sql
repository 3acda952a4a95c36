-- +goose Up
CREATE TABLE audit_head (
  id   INT NOT NULL,
  seq  BIGINT NOT NULL DEFAULT 0,
  head VARBINARY(200) NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE audit_head;
