-- CreateTable
CREATE TABLE "Prediction" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "demoId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "given" TEXT NOT NULL,
    "sureness" INTEGER NOT NULL,
    "correct" BOOLEAN NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "Prediction_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Prediction_userId_demoId_question_at_idx" ON "Prediction"("userId", "demoId", "question", "at");
