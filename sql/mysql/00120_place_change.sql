-- +goose Up
CREATE TABLE place_change (
  id           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  intake_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at           BIGINT NOT NULL,
  changed_by   VARCHAR(64) NOT NULL DEFAULT '',
  kind         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject      VARCHAR(200) NOT NULL DEFAULT '',
  before_words VARCHAR(500) NOT NULL DEFAULT '',
  after_words  VARCHAR(500) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  KEY place_change_intake (intake_id, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE place_change;
