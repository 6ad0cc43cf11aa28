-- AlterTable
ALTER TABLE "QuizAnswer" ADD COLUMN "sureness" INTEGER;
