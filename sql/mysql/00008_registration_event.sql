-- +goose Up
CREATE TABLE registration_event (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at              BIGINT NOT NULL DEFAULT 0,
  event           VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  from_status     VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  to_status       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  actor           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  reason          VARCHAR(500) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  KEY event_registration (registration_id, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE registration_event;
