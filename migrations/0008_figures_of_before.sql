-- The figures of bookings that were made before figures were kept.
INSERT INTO booking_figure (booking, room, start_at, end_at, headcount, department, requested_at, decided_at, outcome)
SELECT b.id, b.room, b.start_at, b.end_at, b.headcount, p.department, b.requested_at,
  (SELECT min(t.at) FROM booking_transition t WHERE t.booking = b.id AND t.from_state = 'requested'
    AND t.to_state IN ('approved', 'rejected') AND json_extract(t.event, '$.by') IS NOT NULL),
  CASE WHEN b.state_kind = 'cancelled' AND json_extract(b.state, '$.late') THEN 'cancelledLate' ELSE b.state_kind END
FROM booking b LEFT JOIN person p ON p.id = b.host;
