// Which prediction is right is read off the run: change the scenario and the answer changes with it.
import { describe, expect, test } from 'vitest';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { compile, type Scenario } from '#lib/lock/index.ts';
import { asNth, type Posed, pose } from './prediction.ts';
import { questions } from './prediction-questions.ts';
import { firstTrace } from './trace-of.ts';

const demo = (id: string): Scenario => {
  const found = scenarioById(id);
  if (!found) throw new Error(`no demo ${id}`);
  return found;
};

describe('the right option is what the run shows', () => {
  test.each([
    ['pause-no-fence', 'late-write', 'over'],
    ['pause-fence-writes', 'late-write', 'refused'],
    ['slow-packet', 'late-write', 'over'],
    ['pause-no-fence', 'final-value', '1'],
    ['blind-delete', 'foreign-delete', 'gone'],
    ['safe-delete', 'foreign-delete', 'kept'],
    ['crash-holder', 'after-crash', 'after-lease'],
    ['pause-fence-seal', 'believers', 'two'],
    ['seat-14a-locked-two', 'believers', 'one'],
    ['seat-14a-two', 'winner', 'both'],
    ['seat-14a-locked-two', 'winner', 'first'],
    ['seat-14a', 'tickets', 'all'],
    ['seat-14a-locked', 'tickets', 'one'],
    ['cron-two-clocks', 'effects', 'twice'],
    ['cron-unique-row', 'effects', 'once'],
  ])('%s, %s: %s', (id, question, right) => {
    expect(pose(demo(id), question).right).toBe(right);
  });

  test('the same demo with its tokens checked has another right answer', () => {
    const bare = pose(demo('pause-no-fence'), 'late-write');
    const fenced = pose(
      { ...demo('pause-no-fence'), resource: 'writes', script: demo('pause-fence-writes').script! },
      'late-write',
    );
    expect([bare.right, fenced.right]).toEqual(['over', 'refused']);
  });
});

test('a question about a property is refused where the demo does not look at it, since its run would say “no” unseen', () => {
  const { 'one-believer': _, ...looked } = demo('pause-fence-seal').expect;
  expect(() => pose({ ...demo('pause-fence-seal'), expect: looked }, 'believers')).toThrow(
    'asks about one-believer, which the demo',
  );
});

describe('while it is asked', () => {
  test.each(scenarios.map(({ id }) => id))('%s is named by its setup, without its own title or point', (id) => {
    const question = questions.find((one) => {
      try {
        return pose(demo(id), one.id);
      } catch {
        return false;
      }
    });
    if (!question) return;
    const { title, setup } = pose(demo(id), question.id);
    expect(title).toMatch(/^Predict: \S/);
    expect(setup).toMatch(/^\d+ clients?, .*\.$/);
    // A demo may be called by its lock, which says nothing of how it ends.
    expect(title === `Predict: ${demo(id).title}` || !`${title} ${setup}`.includes(demo(id).title)).toBe(true);
    expect(`${title} ${setup}`).not.toContain(demo(id).point);
  });
});

describe('what the course asks', () => {
  const asked = allLessons().flatMap(({ slug, predictions }) => predictions.map((one) => ({ slug, ...one })));
  const posed: readonly (readonly [string, Posed])[] = asked.map(({ slug, demo: id, question }) => [
    `${slug}: ${id}, ${question}`,
    pose(demo(id), question),
  ]);

  test('every lesson with a demo asks for a prediction', () => {
    const silent = allLessons().filter(({ demos, predictions }) => demos.length > 0 && predictions.length === 0);
    expect(silent.map(({ slug }) => slug)).toEqual([]);
  });

  test('no question is put to the same demo in two lessons, so each belongs to the cards of one', () => {
    const keys = asked.map(({ demo: id, question }) => `${id} ${question}`);
    expect(keys).toEqual([...new Set(keys)]);
  });

  test.each(posed)('%s: two to four options, in words that differ, and not all of the run is shown', (_name, one) => {
    expect(one.options.length).toBeGreaterThanOrEqual(2);
    expect(one.options.length).toBeLessThanOrEqual(4);
    expect(new Set(one.options.map(({ text }) => text)).size).toBe(one.options.length);
    expect(one.options.map(({ id }) => id)).toContain(one.right);
    expect(`${one.ask} ${one.told} ${one.options.map(({ text }) => text)}`).not.toMatch(/undefined|null|NaN| ’s/);
    const { steps, violations } = firstTrace(compile(demo(one.demo)));
    expect(one.until).toBeLessThan(steps.length);
    // What is asked has not been seen yet.
    for (const { step } of violations) expect(step).toBeGreaterThanOrEqual(one.until);
  });

  test('the answer is not always the same option', () => {
    const places = posed.map(([, { options, right }]) => options.findIndex(({ id }) => id === right));
    expect(new Set(places).size).toBeGreaterThan(1);
  });
});

describe('a question that does not fit is refused', () => {
  test('one that does not exist, with those that do', () => {
    expect(() => pose(demo('slow-packet'), 'who-wins')).toThrow(/no question 'who-wins'; there are late-write/);
  });

  test('a fit means exactly one right option, whatever demo it is put to', () => {
    let fits = 0;
    for (const scenario of scenarios) {
      for (const { id } of questions) {
        try {
          const { right, options } = pose(scenario, id);
          fits += 1;
          expect(options.map((option) => option.id)).toContain(right);
        } catch (refusal) {
          expect(String(refusal)).toMatch(/does not (fit|look at)|which the demo/);
        }
      }
    }
    expect(fits).toBeGreaterThan(20);
  });
});

test('questions of one page that ask about the same lock go by different names', () => {
  const posed = pose(demo('pause-no-fence'), 'late-write');
  expect(asNth(posed, undefined)).toBe(posed);
  expect(asNth(posed, 1).title).not.toBe(asNth(posed, 2).title);
  expect(asNth(posed, 2)).toEqual({ ...posed, title: posed.title.replace('Predict', 'Prediction 2') });
});
