-- +goose Up
ALTER TABLE program ADD COLUMN retired_from INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE program DROP COLUMN retired_from;
