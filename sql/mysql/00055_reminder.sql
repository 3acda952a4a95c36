-- +goose Up
CREATE TABLE reminder (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  student_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day             VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rule            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  stage           VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at              BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY reminder_day (student_id, day),
  UNIQUE KEY reminder_stage (registration_id, rule, stage)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE reminder;
