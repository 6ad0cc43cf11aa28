// What is held for one word, and what is not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inOurWords, stemOf, wordsOf } from './words.ts';

describe('words', () => {
  test.each([
    ['pause', 'pauses', 'paused', 'pausing'],
    ['fence', 'fences', 'fenced', 'fencing'],
    ['lock', 'locks', 'locked', 'locking'],
    ['retry', 'retries', 'retried', 'retrying'],
    ['stop', 'stops', 'stopped', 'stopping'],
    ['zombie', 'zombies'],
    ['expire', 'expires', 'expired', 'expiring', 'expiry'],
  ])('%s and its forms have one stem', (...forms) => {
    expect(new Set(forms.map(stemOf)).size).toBe(1);
  });

  test.each([
    ['trace', 'race'],
    ['stripe', 'strike'],
    ['string', 'str'],
    ['redis', 'red'],
    ['need', 'ne'],
    ['process', 'proce'],
    ['status', 'state'],
  ])('%s is not %s', (one, two) => {
    expect(stemOf(one)).not.toBe(stemOf(two));
  });

  test('a stem is never empty', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,12}$/), (word) => {
        expect(stemOf(word).length).toBeGreaterThan(0);
      }),
    );
  });

  test('a phrase of the field is said in our words, inside a longer wish too, and the longer phrase goes first', () => {
    expect(inOurWords(wordsOf('stop-the-world and fencing'))).toEqual(['pause', 'fencing']);
    expect(inOurWords(wordsOf('after zombies'))).toEqual(['after', 'old', 'leader']);
    expect(inOurWords(wordsOf('thundering herd'))).toEqual(['herd']);
    expect(inOurWords(wordsOf('fencing token'))).toBeNull();
  });
});
