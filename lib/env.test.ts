// The environment is right, or one sentence says everything that is wrong with it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEnvironment } from './env.ts';

const good = {
  DATABASE_URL: 'file:./data/fencepost.db',
  NEXTAUTH_SECRET: 'a secret of enough characters',
  NEXTAUTH_URL: 'http://localhost:3000',
};

function complaint(from: Record<string, string | undefined>): string {
  try {
    readEnvironment(from);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the environment was accepted');
}

describe('readEnvironment', () => {
  test('takes the three variables that are needed, and does not ask for more', () => {
    expect(readEnvironment(good)).toMatchObject(good);
  });

  test.each(Object.keys(good))('says that %s is not set', (name) => {
    expect(complaint({ ...good, [name]: undefined })).toContain(`${name} is not set`);
  });

  test('names everything that is missing or wrong in one line', () => {
    const said = complaint({ NEXTAUTH_SECRET: 'short' });
    expect(said).toContain('DATABASE_URL is not set');
    expect(said).toContain('NEXTAUTH_SECRET must be at least 16 characters');
    expect(said).toContain('NEXTAUTH_URL is not set');
    expect(said).not.toContain('\n');
  });

  test('never repeats a secret', () => {
    expect(complaint({ ...good, NEXTAUTH_SECRET: 'hunter2' })).not.toContain('hunter2');
  });

  test.each([
    ['DATABASE_URL', 'postgres://localhost/fencepost'],
    ['DATABASE_URL', ''],
    ['NEXTAUTH_SECRET', ''],
    ['NEXTAUTH_URL', 'localhost:3000'],
    ['NEXTAUTH_URL', 'javascript:alert(1)'],
    ['NEXTAUTH_URL', ''],
  ])('%s is not “%s”', (name, value) => {
    expect(complaint({ ...good, [name]: value })).toMatch(new RegExp(`${name} must be`));
  });

  test('an empty provider variable is the same as none', () => {
    const { GITHUB_ID, GOOGLE_SECRET } = readEnvironment({ ...good, GITHUB_ID: '', GOOGLE_SECRET: 'x' });
    expect(GITHUB_ID).toBeUndefined();
    expect(GOOGLE_SECRET).toBe('x');
  });

  test('answers any environment with itself or with an error that names a variable', () => {
    const value = fc.option(fc.string(), { nil: undefined });
    const some = fc.record({ DATABASE_URL: value, NEXTAUTH_SECRET: value, NEXTAUTH_URL: value, GITHUB_ID: value });
    fc.assert(
      fc.property(some, (from) => {
        expect(complaint(from)).toMatch(/^The environment is incomplete: [A-Z_]+ (is not set|must be)/);
      }),
    );
  });
});
