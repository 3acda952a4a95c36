-- +goose Up
CREATE TABLE program (
  id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  intake_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  no         VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name       VARCHAR(60) NOT NULL,
  level      VARCHAR(10) NOT NULL,
  form       VARCHAR(10) NOT NULL,
  half_years INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY program_no (intake_id, no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE program;
