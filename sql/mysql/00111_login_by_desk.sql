-- +goose Up
ALTER TABLE login ADD COLUMN by_desk TINYINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE login DROP COLUMN by_desk;
