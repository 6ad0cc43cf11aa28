// What authors may say of a correction, that what they have said is so, and who is told of it.
import { describe, expect, test } from 'vitest';
import { allLessons, readLesson } from './lessons.ts';
import { lastRevised, revisedSince } from './revised.ts';
import type { Revision } from './schema.ts';

const one: Revision = { at: '2026-03-01T09:00:00+00:00', what: 'The lease ends first; the text had it last.' };
const two: Revision = { at: '2026-03-02T09:00:00+01:00', what: 'The token is `35`; a card had 34.', where: 'the-gap' };

/** Reads a lesson with this list of revisions; JSON is YAML, too. */
function withRevised(revised: readonly unknown[]) {
  const front = { title: 'T', question: 'Q', promise: 'P', minutes: 7, part: 'fails', needs: [], teaches: [], revised };
  return readLesson('080-fencing.mdx', `---\n${JSON.stringify(front)}\n---\n\n## The gap\n`).revised;
}

describe('a revision', () => {
  test('is kept as it is written, and a lesson without one has none', () => {
    expect(withRevised([one, two])).toEqual([one, two]);
    expect(withRevised([])).toEqual([]);
  });

  test('may be as old as the one before, and not older', () => {
    expect(withRevised([one, { ...two, at: one.at }])).toHaveLength(2);
    expect(() => withRevised([two, one])).toThrow('080-fencing.mdx, front matter: revised: the newest revision');
  });

  test('is compared with others as a time, whatever its zone', () => {
    const [early, late] = ['2026-03-01T23:30:00-05:00', '2026-03-02T05:00:00+00:00'];
    expect(
      withRevised([
        { ...one, at: early },
        { ...one, at: late },
      ]),
    ).toHaveLength(2);
    expect(() =>
      withRevised([
        { ...one, at: late },
        { ...one, at: early },
      ]),
    ).toThrow(/newest/);
  });

  test.each(['2026-03-01', '2026-03-01T09:00:00', '1 March 2026', ''])('has a time with a zone, and not “%s”', (at) => {
    expect(() => withRevised([{ ...one, at }])).toThrow(/revised\.0\.at/);
  });

  test.each([
    ['no full stop', 'The lease ends first'],
    ['two sentences', 'The lease ends first. The text had it last.'],
    ['a link', 'The lease of [Redis](/lessons/redis) ends first.'],
    ['an element', 'The lease ends first <Cite of="derived" />.'],
    ['stress', 'The lease ends *first*.'],
    ['a shout', 'The lease ends first!'],
    ['nothing', '.'],
    ['two lines', 'The lease ends first;\nthe text had it last.'],
    ['161 characters', `${'x'.repeat(160)}.`],
  ])('is one plain sentence, not %s', (_, what) => {
    expect(() => withRevised([{ ...one, what }])).toThrow(/revised\.0\.what/);
  });

  test('has no other fields', () => {
    expect(() => withRevised([{ ...one, why: 'because' }])).toThrow(/revised\.0/);
  });
});

describe('the course', () => {
  const all = allLessons().flatMap(({ slug, headings, revised }) =>
    revised.map((revision) => ({ slug, headings, ...revision })),
  );

  test('says what was corrected, and nothing of the future', () => {
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter(({ at }) => Date.parse(at) > Date.now())).toEqual([]);
  });

  test('leads from each correction to a heading of its lesson', () => {
    const lost = all.filter(({ where, headings }) => where && !headings.some(({ anchor }) => anchor === where));
    expect(lost.map(({ slug, where }) => `${slug}#${where}`)).toEqual([]);
  });

  test('says nothing twice', () => {
    expect(new Set(all.map(({ what }) => what)).size).toBe(all.length);
  });
});

describe('whoever read a lesson', () => {
  const lesson = { revised: [one, two] };
  const first = Date.parse(one.at);
  const second = Date.parse(two.at);

  test('is told of the corrections since then, and of no others', () => {
    const told = [first - 1, first, second - 1, second, second + 1].map((at) => revisedSince(lesson, new Date(at)));
    expect(told).toEqual([2, 1, 1, 0, 0]);
    expect(revisedSince({ revised: [] }, new Date(0))).toBe(0);
  });

  test('is up to date from the last correction on', () => {
    expect(lastRevised(lesson)).toEqual(new Date(second));
    expect(lastRevised({ revised: [] })).toBeNull();
  });
});
