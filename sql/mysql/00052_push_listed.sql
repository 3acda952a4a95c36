-- +goose Up
CREATE TABLE push_listed (
  push_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_no VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (push_id, exam_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE push_listed;
