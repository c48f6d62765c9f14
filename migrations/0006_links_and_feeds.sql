CREATE TABLE `published_file` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`content` blob NOT NULL,
	`subject` text,
	`issued_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE INDEX `published_file_subject` ON `published_file` (`subject`);--> statement-breakpoint
CREATE INDEX `published_file_expires` ON `published_file` (`expires_at`);--> statement-breakpoint
CREATE TABLE `calendar_feed` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`room` text,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `calendar_feed_person` ON `calendar_feed` (`person`,`room`);--> statement-breakpoint
ALTER TABLE `deployment` ADD `link_secret` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `deployment` ADD `public_url` text;--> statement-breakpoint
UPDATE `deployment` SET `link_secret` = lower(hex(randomblob(32)));
