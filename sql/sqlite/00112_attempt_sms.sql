-- +goose Up
ALTER TABLE login_attempt ADD COLUMN sms TEXT NOT NULL DEFAULT '' CHECK (length(sms) <= 40);

-- +goose Down
ALTER TABLE login_attempt DROP COLUMN sms;
