-- AlterTable
ALTER TABLE "CardState" ADD COLUMN "aside" BOOLEAN NOT NULL DEFAULT false;
