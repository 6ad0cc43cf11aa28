// Passwords at rest. scrypt is slow on purpose, so each test hashes as little as it can.
import { beforeAll, expect, test, vi } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

const scrypts = vi.hoisted(() => ({ count: 0 }));
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  return {
    ...real,
    scrypt: (...all: Parameters<typeof real.scrypt>) => {
      scrypts.count += 1;
      return real.scrypt(...all);
    },
  };
});

const password = 'correct horse – Pferd №5';
let stored: string;
beforeAll(async () => {
  stored = await hashPassword(password);
});

test('the right password is right, and a wrong one, however near, is wrong', async () => {
  expect(await verifyPassword(password, stored)).toBe(true);
  expect(await verifyPassword(`${password} `, stored)).toBe(false);
  expect(await verifyPassword('', stored)).toBe(false);
});

test('the same password typed on another keyboard, in other code points, is the same', async () => {
  expect(await verifyPassword(password.normalize('NFKD'), stored)).toBe(true);
});

test('what is stored names its parameters, has its own salt and does not contain the password', async () => {
  expect(stored).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(await hashPassword(password)).not.toBe(stored);
  expect(stored).not.toContain('horse');
});

test('without a stored password the answer is no, after the same work', async () => {
  const before = scrypts.count;
  expect(await verifyPassword(password, null)).toBe(false);
  expect(scrypts.count).toBe(before + 1);
});

test('the stand-in for nobody’s hash opens for nobody, whatever is typed', async () => {
  expect(await verifyPassword('', null)).toBe(false);
});

test('a stored text that is no hash of ours opens for nobody and does not throw', async () => {
  for (const odd of ['', 'scrypt', 'bcrypt$1$2$3$c2FsdA$a2V5', 'scrypt$32768$8$3$$', password]) {
    expect(await verifyPassword(password, odd)).toBe(false);
  }
});

test('a hash made with cheaper parameters of long ago still opens', async () => {
  const { scryptSync } = await import('node:crypto');
  const salt = Buffer.alloc(16, 7);
  const key = scryptSync('old password', salt, 32, { N: 1024, r: 8, p: 1 });
  const old = ['scrypt', 1024, 8, 1, salt.toString('base64url'), key.toString('base64url')].join('$');
  expect(await verifyPassword('old password', old)).toBe(true);
  expect(await verifyPassword('new password', old)).toBe(false);
});
