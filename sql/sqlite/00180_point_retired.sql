-- +goose Up
ALTER TABLE point ADD COLUMN retired_from INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE point DROP COLUMN retired_from;
