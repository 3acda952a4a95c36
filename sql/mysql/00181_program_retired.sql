-- +goose Up
ALTER TABLE program ADD COLUMN retired_from BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE program DROP COLUMN retired_from;
