-- +goose Up
ALTER TABLE tuition ADD COLUMN valid_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tuition ADD COLUMN valid_until INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE tuition DROP COLUMN valid_from;
ALTER TABLE tuition DROP COLUMN valid_until;
