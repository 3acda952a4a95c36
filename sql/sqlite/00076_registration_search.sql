-- +goose Up
ALTER TABLE registration ADD COLUMN step TEXT NOT NULL DEFAULT '' CHECK (length(step) <= 20);
ALTER TABLE registration ADD COLUMN face_from INTEGER NOT NULL DEFAULT 0;

CREATE INDEX registration_name ON registration (name);
CREATE INDEX registration_exam_no ON registration (exam_no);
CREATE INDEX registration_roster_phone ON registration (roster_phone_hash);

-- +goose Down
DROP INDEX registration_roster_phone;
DROP INDEX registration_exam_no;
DROP INDEX registration_name;
ALTER TABLE registration DROP COLUMN face_from;
ALTER TABLE registration DROP COLUMN step;
