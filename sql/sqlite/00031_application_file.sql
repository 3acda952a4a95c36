-- +goose Up
CREATE TABLE application_file (
  attachment_id  TEXT NOT NULL CHECK (length(attachment_id) = 36),
  application_id TEXT NOT NULL CHECK (length(application_id) = 36),
  PRIMARY KEY (attachment_id)
) STRICT;

CREATE INDEX application_file_of ON application_file (application_id);

-- +goose Down
DROP TABLE application_file;
