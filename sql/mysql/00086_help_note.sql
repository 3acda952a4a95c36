-- +goose Up
CREATE TABLE help_note (
  code            CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at              BIGINT NOT NULL,
  registration_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  page            VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  step            VARCHAR(40) NOT NULL DEFAULT '',
  reason          VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  incident        VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  device          VARCHAR(60) NOT NULL DEFAULT '',
  PRIMARY KEY (code),
  KEY help_note_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE help_note;
