// The course as a whole: every lesson loads, every reference leads somewhere, everything on the seed page is taught, and every
// claim in the prose, of lessons and of use cases, is what the engine finds.

import { describe, expect, test } from 'vitest';
import { checkClaim, scenarioById } from '#content/scenarios/index.ts';
import { sourceByKey } from '#content/sources.ts';
import { shownOrder } from '#lib/study/quiz.ts';
import { allLessons } from './lessons.ts';
import { render } from './mdx.ts';
import { parts } from './schema.ts';
import { allUseCases } from './use-cases.ts';

const lessons = allLessons();
// From the lessons themselves: an index by id would hide that two cards share one.
const cards = lessons.flatMap((lesson) => lesson.cards);
const quizzes = lessons.flatMap((lesson) => lesson.quizzes.map((quiz) => ({ ...quiz, lesson: lesson.slug })));
const useCases = allUseCases();
/** Everything that has prose with cites, demos, links and claims in it. */
const texts = [...lessons, ...useCases.map((useCase) => ({ ...useCase, slug: `use-cases/${useCase.id}` }))];
const repeated = (list: readonly string[]) => list.filter((one, at) => list.indexOf(one) !== at);

/** The headings of the page that the product was made from, each with the lesson that teaches it. */
const seed: Readonly<Record<string, string>> = {
  'Distributed Locks': 'thirty-seconds',
  'Real Incident: Ticket Booking System, 2019': 'seat-14a',
  'The 30-Second Explanation': 'thirty-seconds',
  'Single Machine': 'thirty-seconds',
  Distributed: 'thirty-seconds',
  'The Bathroom Key Analogy': 'bathroom-key',
  'When You Need Distributed Locks': 'use-cases',
  'Implementation Options': 'options',
  'The Redlock Controversy': 'redlock',
  'Properties of a Good Distributed Lock': 'properties',
  'Fencing Tokens — The Detail That Shows Seniority': 'fencing',
  'Interview Gold': 'fencing',
  'Decision Framework': 'decide',
  'The 3 Mistakes That Get You Rejected': 'three-mistakes',
  "Don't Say These": 'three-mistakes',
  'Interview Answer Template': 'answer-template',
  'Quick Recall Card': 'recall-table',
};

describe('the seed page is taught', () => {
  test.each(Object.entries(seed))('“%s” is taught in the lesson %s', (heading, slug) => {
    const teaching = lessons.filter((lesson) => lesson.teaches.includes(heading)).map((lesson) => lesson.slug);
    expect(teaching).toContain(slug);
  });

  test('no lesson says that it teaches a heading which the seed does not have', () => {
    expect(lessons.flatMap((lesson) => lesson.teaches.filter((heading) => !(heading in seed)))).toEqual([]);
  });

  test('the seed’s recall table is a deck of its own', () => {
    const recall = cards.filter((card) => card.id.startsWith('recall-')).map((card) => card.id);
    expect(recall).toEqual(
      expect.arrayContaining([
        ...['recall-simplest', 'recall-safest', 'recall-redlock', 'recall-fencing-token'],
        ...['recall-ttl-too-short', 'recall-ttl-too-long', 'recall-ttl-dilemma'],
      ]),
    );
  });
});

describe('every lesson is whole', () => {
  test.each(lessons.map((lesson) => [lesson.slug, lesson] as const))(
    '%s has cards, questions and sources enough',
    async (_, lesson) => {
      expect(lesson.cards.length).toBeGreaterThanOrEqual(4);
      expect(lesson.quizzes.length).toBeGreaterThanOrEqual(3);
      // Six for everybody, and two on top for those who read at staff depth.
      expect(lesson.quizzes.filter(({ depth }) => depth !== 'staff').length).toBeLessThanOrEqual(6);
      expect(lesson.quizzes.length).toBeLessThanOrEqual(8);
      expect(new Set(lesson.quizzes.map((quiz) => quiz.kind)).size).toBeGreaterThanOrEqual(3);
      // What we worked out ourselves is no source.
      expect(lesson.cites.filter((key) => key !== 'derived').length).toBeGreaterThanOrEqual(3);
      expect(lesson.headings.at(-1)?.text).toBe('Check yourself');
      expect(await render(lesson.body)).toBeTypeOf('function');
    },
  );

  test('slugs, card ids and question ids are unique', () => {
    expect(repeated(lessons.map((lesson) => lesson.slug))).toEqual([]);
    expect(repeated(lessons.map((lesson) => String(lesson.order)))).toEqual([]);
    expect(repeated(cards.map((card) => card.id))).toEqual([]);
    expect(repeated(quizzes.map((quiz) => quiz.id))).toEqual([]);
  });

  test('the parts follow each other, and a lesson builds only on earlier ones', () => {
    const order = lessons.map(({ part }) => parts.indexOf(part));
    expect(order).toEqual([...order].sort((one, two) => one - two));
    const early = lessons.flatMap(({ slug, needs }, at) =>
      needs.filter((need) => !lessons.slice(0, at).some((lesson) => lesson.slug === need)).map((need) => [slug, need]),
    );
    expect(early).toEqual([]);
  });

  test('a lesson’s part follows from its number', () => {
    // By the hundreds: 0xx, 1xx, 2xx, 3xx, 4xx. Their order alone would let a whole part be called by another's name.
    const numbered = ['why', 'how', 'how', 'fails', 'interview'];
    const odd = lessons.filter(({ order, part }) => part !== numbered[Math.floor(order / 100)]);
    expect(odd.map(({ order, slug, part }) => `${order} ${slug}: ${part}`)).toEqual([]);
  });

  test('a card belongs to its lesson by name, and no two cards ask the same', () => {
    const strange = cards.filter((card) => !card.id.startsWith(`${card.lesson}-`) && !card.id.startsWith('recall-'));
    expect(strange.map((card) => card.id)).toEqual([]);
    const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9 ]/g, '');
    expect(repeated(cards.map((card) => plain(card.question)))).toEqual([]);
  });
});

describe('every reference leads somewhere', () => {
  test('cites and the sources of cards', () => {
    const keys = [...texts.flatMap(({ cites }) => cites), ...cards.flatMap((card) => card.cites)];
    expect(keys.filter((key) => !sourceByKey(key))).toEqual([]);
  });

  test('demos in the text, of cards and of questions', () => {
    const shown = [...cards, ...quizzes].flatMap(({ demo }) => demo ?? []);
    const demos = [...texts.flatMap((text) => text.demos), ...shown];
    expect(demos.length).toBeGreaterThan(5);
    expect(demos.filter((id) => !scenarioById(id))).toEqual([]);
  });

  test('a missed question offers a card that exists', () => {
    const known = new Set(cards.map((card) => card.id));
    expect(quizzes.filter((quiz) => !known.has(quiz.card)).map((quiz) => quiz.id)).toEqual([]);
  });
});

describe('quizzes can be shown', () => {
  test('options are shown in an order that is a permutation, and an ordering is never shown solved', () => {
    for (const quiz of quizzes) {
      const order = shownOrder(quiz);
      expect([...order].sort((one, two) => one - two)).toEqual(quiz.options.map((_, at) => at));
      if (quiz.kind === 'order') expect(order.some((at, place) => at !== place)).toBe(true);
    }
  });
});

describe('what the course claims is what the search finds', () => {
  const claims = texts.flatMap((text) => text.claims.map((claim) => ({ ...claim, from: text.slug })));
  const kinds = new Map(claims.map((claim) => [`${claim.scenario} ${claim.property}`, claim]));

  test('there are at least six different claims', () => {
    expect(kinds.size).toBeGreaterThanOrEqual(6);
  });

  test('no two texts claim opposite things', () => {
    const opposed = claims.filter((claim) => kinds.get(`${claim.scenario} ${claim.property}`)?.is !== claim.is);
    expect(opposed).toEqual([]);
  });

  test.each([...kinds.values()])('$scenario: $property is $is', ({ scenario, property, is }) => {
    expect(checkClaim(scenario, property).kind).toBe(is);
  });
});
