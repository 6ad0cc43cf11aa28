// What a round asks, over the real course: only of its lessons, no deeper than chosen, and the same every time.
import { describe, expect, test } from 'vitest';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { depths } from '#lib/study/card.ts';
import type { RoundAddress } from './address.ts';
import { allQuestions, judgeAnswer, questionById } from './bank.ts';
import { firstLessons, roundOf } from './round.ts';

const plain = { seed: 7, count: 10, depth: 'staff', of: 'all', only: null, clock: false } as const;
const ids = (round: Partial<RoundAddress> & { seed?: number } = {}) =>
  roundOf({ ...plain, ...round }).map(({ quiz }) => quiz.id);

describe('a round', () => {
  test('is the same each time, and another for another seed', () => {
    expect(ids()).toHaveLength(10);
    expect(ids()).toEqual(ids());
    expect(ids({ seed: 8 })).not.toEqual(ids());
    expect(roundOf(plain)).toEqual(roundOf(plain));
  });

  test('asks of its own lessons only, and not deeper than chosen', () => {
    for (const depth of depths) {
      for (const { quiz, lesson } of roundOf({ ...plain, count: 20, depth, of: ['fencing', 'leases'] })) {
        expect(['fencing', 'leases']).toContain(lesson.slug);
        expect(depths.indexOf(quiz.depth)).toBeLessThanOrEqual(depths.indexOf(depth));
      }
    }
  });

  test('of those that were missed asks exactly these, with other histories', () => {
    const only = ['history-pause-no-fence-safe', 'history-blind-delete-step'];
    const [one, two] = [roundOf({ ...plain, only }), roundOf({ ...plain, seed: 8, only })];
    expect(one.map(({ quiz }) => quiz.id).sort()).toEqual([...only].sort());
    const seeds = [...one, ...two].map(({ history }) => history?.seed);
    expect(new Set(seeds).size).toBe(4);
  });

  test('has nothing to ask where the course has nothing', () => {
    expect(ids({ of: ['no-such-lesson', 'constructor'] })).toEqual([]);
    expect(ids({ only: ['no-such-question', '__proto__'] })).toEqual([]);
  });

  test('of the first lessons is long enough for somebody who has read nothing', () => {
    expect(firstLessons()).toHaveLength(3);
    expect(ids({ of: firstLessons(), depth: 'mid' }).length).toBeGreaterThanOrEqual(8);
  });

  test('leads from each question to a heading that there is', () => {
    const only = allQuestions().map(({ id }) => id);
    for (const { paragraph } of roundOf({ ...plain, only, count: only.length })) {
      const [, slug, anchor] = /^\/lessons\/([a-z0-9-]+)(?:#(.+))?$/.exec(paragraph.href) ?? [];
      const lesson = lessonBySlug(slug ?? '');
      expect(lesson?.title).toBe(paragraph.title);
      if (anchor) expect(lesson?.headings.map((heading) => heading.anchor)).toContain(anchor);
    }
  });
});

describe('the server judges', () => {
  test('each question of a round as its page does', () => {
    for (const { quiz, history } of roundOf({ ...plain, count: 20 })) {
      if (history) {
        expect(judgeAnswer(quiz.id, [history.seed, history.right])).toBe(true);
        expect(judgeAnswer(quiz.id, [history.seed, (history.right + 1) % history.options.length])).toBe(false);
      } else if (quiz.kind === 'single') {
        expect(judgeAnswer(quiz.id, [quiz.options.findIndex(({ correct }) => correct)])).toBe(true);
      }
    }
  });

  test('nothing that is no answer, and no question that there is not', () => {
    const history = questionById('history-pause-no-fence-safe')!;
    for (const given of [[], [1], [1, 9], [-1, 0], [1.5, 0], [1, 0, 0], 3]) {
      expect(judgeAnswer(history.id, given)).toBe('no-answer');
    }
    expect(judgeAnswer('no-such-question', [0])).toBe('no-such-question');
  });
});
