-- +goose Up
ALTER TABLE registration
  ADD COLUMN step VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN face_from BIGINT NOT NULL DEFAULT 0,
  ADD KEY registration_name (name),
  ADD KEY registration_exam_no (exam_no),
  ADD KEY registration_roster_phone (roster_phone_hash);

-- +goose Down
ALTER TABLE registration
  DROP KEY registration_roster_phone,
  DROP KEY registration_exam_no,
  DROP KEY registration_name,
  DROP COLUMN face_from,
  DROP COLUMN step;
