ALTER TABLE inmates ADD release_date date;--> statement-breakpoint
CREATE INDEX inmates_name ON inmates (name);
