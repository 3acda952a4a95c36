-- +goose Up
ALTER TABLE attachment ADD COLUMN reading VARBINARY(2000) NULL;

-- +goose Down
ALTER TABLE attachment DROP COLUMN reading;
