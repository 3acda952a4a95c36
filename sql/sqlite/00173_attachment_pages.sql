-- +goose Up
ALTER TABLE attachment ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE attachment DROP COLUMN pages;
