-- +goose Up
ALTER TABLE attachment ADD COLUMN reading BLOB NULL CHECK (length(reading) <= 2000);

-- +goose Down
ALTER TABLE attachment DROP COLUMN reading;
