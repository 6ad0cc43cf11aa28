// Decisions are pages of the site: each must load, render and say what was decided and what follows.
import { expect, test } from 'vitest';
import { allDecisions } from './decisions.ts';
import { render } from './mdx.ts';

test.each(allDecisions().map((decision) => [decision.slug, decision] as const))(
  '%s gives its context, the decision and the consequences',
  async (_, decision) => {
    for (const heading of ['## Context', '## Decision', '## Consequences']) expect(decision.body).toContain(heading);
    expect(await render(decision.body)).toBeTypeOf('function');
  },
);

test('decisions are numbered without gaps', () => {
  expect(allDecisions().map(({ number }) => number)).toEqual(allDecisions().map((_, at) => at + 1));
});
