import { expect, test } from 'vitest';
import { debateInShort, decisionQuestions, threeMistakes } from './short.ts';

test('the three mistakes are three quoted sentences, each with one to say instead', () => {
  const mistakes = threeMistakes();
  expect(mistakes).toHaveLength(3);
  for (const { said, better } of mistakes) {
    expect(said).toMatch(/^“.+”$/);
    expect(better).toMatch(/^“.+”$/);
    expect(better.length).toBeLessThan(400);
  }
});

test('the debate in short has both sides and is one paragraph', () => {
  expect(debateInShort()).toMatch(/^“.*Kleppmann.*Antirez.*”$/);
  expect(debateInShort().length).toBeLessThan(450);
});

test('before a lock four questions are asked', () => {
  expect(decisionQuestions()).toHaveLength(4);
  for (const question of decisionQuestions()) expect(question).toMatch(/^[A-Z].{10,80}\?$/);
});
