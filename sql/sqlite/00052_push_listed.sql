-- +goose Up
CREATE TABLE push_listed (
  push_id TEXT NOT NULL CHECK (length(push_id) = 36),
  exam_no TEXT NOT NULL CHECK (length(exam_no) <= 30),
  PRIMARY KEY (push_id, exam_no)
) STRICT;

-- +goose Down
DROP TABLE push_listed;
