-- +goose Up
CREATE TABLE review_claim (
  kind     TEXT NOT NULL CHECK (length(kind) <= 20),
  item_id  TEXT NOT NULL CHECK (length(item_id) = 36),
  staff_id TEXT NOT NULL CHECK (length(staff_id) = 36),
  since    INTEGER NOT NULL DEFAULT 0,
  until_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, item_id)
) STRICT;

-- +goose Down
DROP TABLE review_claim;
