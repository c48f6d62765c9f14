-- Full-text index of the topics: by the number of the booking, its words, its room and month.
-- It keeps no text of its own; a row is taken out and put in again when the booking changes.
CREATE VIRTUAL TABLE booking_topic USING fts5(
  words, place,
  content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);
