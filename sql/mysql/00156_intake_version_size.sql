-- +goose Up
ALTER TABLE intake_version MODIFY content MEDIUMTEXT NOT NULL;

-- +goose Down
ALTER TABLE intake_version MODIFY content TEXT NOT NULL;
