-- +goose Up
ALTER TABLE login_attempt ADD COLUMN sms VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE login_attempt DROP COLUMN sms;
