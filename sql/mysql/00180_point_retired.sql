-- +goose Up
ALTER TABLE point ADD COLUMN retired_from BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE point DROP COLUMN retired_from;
