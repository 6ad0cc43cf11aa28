-- CreateTable
CREATE TABLE "LevelResult" (
    "userId" TEXT NOT NULL,
    "levelId" TEXT NOT NULL,
    "best" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("userId", "levelId"),
    CONSTRAINT "LevelResult_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
