// The map as a drawing: nothing on top of anything, and a line for each need.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Concept, lines, placed, SIZE, wayTo } from './placing.ts';

const parts = ['why', 'how', 'fails'];
/** Lessons in the order of the parts, each of which may need any earlier one. */
const course: fc.Arbitrary<readonly Concept[]> = fc
  .array(fc.tuple(fc.nat(2), fc.array(fc.nat(), { maxLength: 3 })), { maxLength: 20 })
  .map((rows) =>
    rows
      .map(([part, needs]) => ({ part, needs }))
      .sort((a, b) => a.part - b.part)
      .map(({ part, needs }, at) => ({
        slug: `lesson-${at}`,
        title: `Lesson ${at}`,
        part: parts[part] ?? 'why',
        needs: at === 0 ? [] : [...new Set(needs.map((need) => `lesson-${need % at}`))],
      })),
  );

describe('the concept map', () => {
  test('places each lesson once, and no two in one place', () => {
    fc.assert(
      fc.property(course, (concepts) => {
        const all = placed(concepts, parts);
        expect(all.map(({ slug }) => slug).sort()).toEqual(concepts.map(({ slug }) => slug).sort());
        expect(new Set(all.map(({ column, row }) => `${column} ${row}`)).size).toBe(all.length);
      }),
    );
  });

  test('draws one line for each need, with finite numbers', () => {
    fc.assert(
      fc.property(course, (concepts) => {
        const drawn = lines(placed(concepts, parts));
        expect(drawn.length).toBe(concepts.flatMap(({ needs }) => needs).length);
        for (const { d } of drawn) expect(d).toMatch(/^M[\d. C-]+$/);
      }),
    );
  });

  test('what comes before a lesson holds the needs of its needs, and never itself', () => {
    fc.assert(
      fc.property(course, (concepts) => {
        for (const { slug, needs } of concepts) {
          const all = wayTo(slug, concepts);
          for (const need of needs) {
            expect(all.has(need)).toBe(true);
            for (const older of wayTo(need, concepts)) expect(all.has(older)).toBe(true);
          }
          expect(all.has(slug)).toBe(false);
        }
      }),
    );
  });

  test('boxes leave room between rows', () => expect(SIZE.rowHeight).toBeGreaterThan(SIZE.boxHeight));
});
