-- AlterTable
ALTER TABLE inmates ADD COLUMN release_date DATE;
