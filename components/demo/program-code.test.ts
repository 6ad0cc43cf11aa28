import { expect, test } from 'vitest';
import { scenarios } from '#content/scenarios/index.ts';
import { type Choices, experiment, type Program, USUAL } from '#lib/lock/index.ts';
import { codeOf } from './program-code.ts';

function programOf(choices: Partial<Choices>): Program {
  const made = experiment({ ...USUAL, ...choices }, 'no-lost-update');
  if (made.kind === 'refused') throw new Error(made.why);
  return Object.values(made.scenario.clients)[0] as Program;
}

test('what an if guards stands indented under it', () => {
  expect(codeOf(programOf({})).join('\n')).toBe(
    [
      'const lease = await lock.acquire({ ttl: 30 });',
      'const n = await store.read(lease.token);',
      'const next = n + 1;',
      'if (lease.stillMine())',
      '  await store.write(next, lease.token);',
      'await lock.release(lease);',
    ].join('\n'),
  );
});

test('an if that guards more than one line has braces, and each is closed', () => {
  expect(codeOf(programOf({ task: 'book' })).join('\n')).toBe(
    [
      'const lease = await lock.acquire({ ttl: 30 });',
      'const seat = await store.read(lease.token);',
      'if (seat.available) {',
      '  await fillIn(form);',
      '  if (lease.stillMine())',
      '    await store.write(taken, lease.token); // ticket',
      '}',
      'await lock.release(lease);',
    ].join('\n'),
  );
});

test('without work and without the look at the clock no brace is left over', () => {
  const code = codeOf(programOf({ task: 'book', hold: 0, recheck: false }));
  expect(code.join('\n')).not.toMatch(/[{}]$/m);
  expect(code[3]).toBe('  await store.write(taken, lease.token); // ticket');
});

test('an if that goes home by itself guards nothing', () => {
  const careful: Program = {
    name: 'careful',
    lines: [
      { text: 'if (!lease.stillMine()) return;', run: { op: 'stillMine', else: 2 } },
      { text: 'await store.write(next);', run: { op: 'write' } },
    ],
  };
  expect(codeOf(careful)).toEqual(careful.lines.map(({ text }) => text));
});

test.each(scenarios)(
  '$id: each line keeps its words, every brace is closed, and no if stands without its line',
  ({ clients }) => {
    for (const program of new Set(Object.values(clients))) {
      const code = codeOf(program);
      expect(code).toHaveLength(program.lines.length);
      program.lines.forEach(({ text }, at) => {
        expect(code[at]).toContain(text.trim());
      });
      const lines = code.join('\n').split('\n');
      const opened = lines.filter((line) => / \{$/.test(line)).length;
      expect(lines.filter((line) => line.trim() === '}')).toHaveLength(opened);
      lines.forEach((line, at) => {
        if (/^\s*if \(.*\)( \{)?$/.test(line))
          expect(lines[at + 1]).toMatch(new RegExp(`^${/^\s*/.exec(line)} {2}\\S`));
      });
    }
  },
);
