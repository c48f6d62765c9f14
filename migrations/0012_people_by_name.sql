CREATE INDEX `person_name` ON `person` (lower("name"));--> statement-breakpoint
CREATE INDEX `person_given` ON `person` (substr("name", 2));