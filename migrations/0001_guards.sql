-- What no code path may get round, so the database itself sees to it.

-- A room is never held twice: intervals are [start, end). Slots are at most 25 hours long, which bounds the search.
CREATE TRIGGER slot_insert BEFORE INSERT ON slot
BEGIN
  SELECT RAISE(ABORT, 'slot too long or empty')
  WHERE NEW.end_at <= NEW.start_at OR NEW.end_at - NEW.start_at > 90000000;
  SELECT RAISE(ABORT, 'slot taken')
  WHERE EXISTS (
    SELECT 1 FROM slot
    WHERE room = NEW.room AND start_at > NEW.start_at - 90000000 AND start_at < NEW.end_at AND end_at > NEW.start_at
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
    WHERE room = NEW.room AND id <> OLD.id
      AND start_at > NEW.start_at - 90000000 AND start_at < NEW.end_at AND end_at > NEW.start_at
  );
END;
--> statement-breakpoint
-- The records are appended to, never changed.
CREATE TRIGGER transition_update BEFORE UPDATE ON booking_transition
BEGIN SELECT RAISE(ABORT, 'the record of transitions is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER transition_delete BEFORE DELETE ON booking_transition
BEGIN SELECT RAISE(ABORT, 'the record of transitions is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER booking_delete BEFORE DELETE ON booking
BEGIN SELECT RAISE(ABORT, 'a booking is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER audit_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit record is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER audit_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit record is never changed'); END;
--> statement-breakpoint
INSERT INTO deployment (id, beat) VALUES (lower(hex(randomblob(8))), 0);
