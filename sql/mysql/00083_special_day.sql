-- +goose Up
CREATE TABLE special_day (
  day   CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  works TINYINT NOT NULL DEFAULT 0,
  name  VARCHAR(40) NOT NULL DEFAULT '',
  PRIMARY KEY (day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE special_day;
