-- A booking is never in the way of its own change: only other owners' slots refuse a new one.
DROP TRIGGER slot_insert;
--> statement-breakpoint
DROP TRIGGER slot_update;
--> statement-breakpoint
CREATE TRIGGER slot_insert BEFORE INSERT ON slot
BEGIN
  SELECT RAISE(ABORT, 'slot too long or empty')
  WHERE NEW.end_at <= NEW.start_at OR NEW.end_at - NEW.start_at > 90000000;
  SELECT RAISE(ABORT, 'slot taken')
  WHERE EXISTS (
    SELECT 1 FROM slot
    WHERE room = NEW.room AND owner <> NEW.owner
      AND start_at > NEW.start_at - 90000000 AND start_at < NEW.end_at AND end_at > NEW.start_at
  );
END;
--> statement-breakpoint
CREATE TRIGGER slot_update BEFORE UPDATE ON slot
BEGIN
  SELECT RAISE(ABORT, 'slot too long or empty')
  WHERE NEW.end_at <= NEW.start_at OR NEW.end_at - NEW.start_at > 90000000;
  SELECT RAISE(ABORT, 'slot taken')
  WHERE EXISTS (
    SELECT 1 FROM slot
    WHERE room = NEW.room AND owner <> NEW.owner
      AND start_at > NEW.start_at - 90000000 AND start_at < NEW.end_at AND end_at > NEW.start_at
  );
END;
--> statement-breakpoint
-- Bookings made before there were changes, questions and several reviewers.
UPDATE booking SET state = json_set(state, '$.asOf', 1, '$.review', json('{"needed":1,"given":[]}'),
  '$.escalated', json('false'), '$.questions', json('[]'), '$.proposal', json('null')), awaits = 'request'
WHERE state_kind = 'requested';
--> statement-breakpoint
UPDATE booking SET state = json_set(state, '$.for', json('null'), '$.rule', json('null'),
  '$.change', json('null'), '$.cancellation', json('null'))
WHERE state_kind = 'approved';
--> statement-breakpoint
UPDATE booking SET state = json_set(state, '$.for', json('null')) WHERE state_kind = 'rejected';
