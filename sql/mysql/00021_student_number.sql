-- +goose Up
CREATE TABLE student_number (
  number          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  student_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  issued_at       BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (number),
  UNIQUE KEY number_registration (registration_id),
  CHECK (origin IN ('imported', 'issued'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE student_number;
