// What the page of the matrix shows is what the engine answers, and what its links open is the experiment of their cell.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { choicesFromQuery } from '#components/demo/choices-url.ts';
import { fromQuery } from '#components/demo/demo-url.ts';
import { ASKED, answer, backends, type Cell, cells, compile, experiment, TROUBLES } from '#lib/lock/index.ts';
import { markOf, rowFor } from './answers.ts';
import { addressOf, FIRST, type Mark, QUESTIONS, type Row } from './cell.ts';
import { drawn, linesOf, onlyWhy, ordersOf, searchOf, sorted, USUAL_VIEW, type View, viewFrom } from './view.ts';

vi.setConfig({ testTimeout: 60_000 });

const queryOf = (href: string) => Object.fromEntries(new URLSearchParams(href.split('?')[1]));

/** Every lock at least once, and each trouble, property and fencing many times. */
const sample: readonly Cell[] = cells().filter((_, index) => index % 17 === 0);

describe('a cell says what the engine answers', () => {
  test('the sample meets every lock, every trouble, every property and both fencings', () => {
    expect(new Set(sample.map(({ lock }) => lock)).size).toBe(Object.keys(backends).length);
    expect(new Set(sample.map(({ trouble }) => trouble)).size).toBe(TROUBLES.length);
    expect(new Set(sample.map(({ property }) => property)).size).toBe(ASKED.length);
    expect(new Set(sample.map(({ fenced }) => fenced)).size).toBe(2);
  });

  test.each(sample)('$lock, $trouble, fenced: $fenced, $property', (cell) => {
    const found = answer(cell);
    const mark = markOf(found);
    if (found.kind === 'refused') {
      expect(mark).toMatchObject({ kind: 'senseless', why: expect.stringMatching(/^[A-Z“].+\.$/) });
      return;
    }
    if (mark.kind === 'senseless') throw new Error('an answer became a refusal');
    const opened = choicesFromQuery(queryOf(mark.href));
    expect(opened).toEqual({ kind: 'choices', choices: found.choices, property: cell.property });
    expect(mark.href.startsWith('/demos/experiment?')).toBe(true);
    const { verdict } = found;
    if (verdict.kind !== 'violated') {
      expect(mark).toMatchObject({ kind: verdict.kind, states: verdict.states });
      return;
    }
    expect(mark).toMatchObject({ kind: 'broken', moves: verdict.script.length, faults: verdict.faults });
    const made = experiment(found.choices, cell.property);
    if (made.kind === 'refused') throw new Error(made.why);
    const place = fromQuery(compile(made.scenario), queryOf(mark.href));
    expect(place).toMatchObject({ kind: 'place', cursor: verdict.script.length });
    if (place.kind === 'place') expect(place.trace.broken).toContain(cell.property);
  });

  test('a lock has one mark for each trouble, without and with fencing', () => {
    const row = rowFor('mutex', 'nobody-stuck');
    expect(row.title).toBe(backends.mutex?.title);
    expect([row.off.length, row.on.length]).toEqual([TROUBLES.length, TROUBLES.length]);
    expect(row.off[TROUBLES.indexOf('holder crash')]).toMatchObject({ kind: 'broken', faults: 1 });
    expect(row.off[TROUBLES.indexOf('failover')]).toMatchObject({
      why: 'There is nothing here that this could strike.',
    });
    expect(row.on[0]).toMatchObject({ why: expect.stringContaining('no tokens') });
  });
});

test('every property that is asked has a page of its own', () => {
  expect(QUESTIONS.map(({ id }) => id)).toEqual([...ASKED]);
  expect(QUESTIONS.map(({ id }) => id)).toContain(FIRST);
  expect(new Set(ASKED.map(addressOf)).size).toBe(ASKED.length);
});

const anyMark: fc.Arbitrary<Mark> = fc.oneof(
  fc.record({ kind: fc.constant('holds' as const), states: fc.nat(), href: fc.constant('/demos/experiment') }),
  fc.record({
    kind: fc.constant('broken' as const),
    faults: fc.nat({ max: 2 }),
    moves: fc.nat(),
    href: fc.constant('/demos/experiment'),
  }),
  fc.record({ kind: fc.constant('senseless' as const), why: fc.constantFrom('No.', 'Never.') }),
);
const anyLine = fc.array(anyMark, { minLength: 4, maxLength: 4 });
const anyRow: fc.Arbitrary<Row> = fc.record({
  lock: fc.string(),
  title: fc.string(),
  off: anyLine,
  on: anyLine,
});
const anyView: fc.Arbitrary<View> = fc.record({
  fencing: fc.constantFrom('both' as const, 'off' as const, 'on' as const),
  order: fc.constantFrom(...ordersOf(4)),
});

describe('how it is looked at', () => {
  test('any view comes back from its address', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(viewFrom(searchOf(view), 4)).toEqual(view);
      }),
    );
    expect(searchOf(USUAL_VIEW)).toBe('');
  });

  test.each(['?order=by-9', '?order=__proto__', '?fencing=maybe&order=', '?order=by--1', '?fencing', '%%%'])(
    'of the address %s nothing is taken',
    (search) => expect(viewFrom(search, 4)).toEqual(USUAL_VIEW),
  );

  test('an order loses no lock and invents none', () => {
    fc.assert(
      fc.property(fc.array(anyRow), anyView, (rows, view) => {
        const after = sorted(rows, view);
        expect(after).toHaveLength(rows.length);
        expect(new Set(after)).toEqual(new Set(rows));
      }),
    );
  });

  test('sorted by a column, what it breaks comes first and what makes no sense last', () => {
    const mark = (kind: 'holds' | 'broken'): Mark =>
      kind === 'holds' ? { kind, states: 1, href: '' } : { kind, faults: 1, moves: 1, href: '' };
    const no: Mark = { kind: 'senseless', why: 'No.' };
    const rows: Row[] = [
      { lock: 'a', title: 'a', off: [no, mark('broken')], on: [no, no] },
      { lock: 'b', title: 'b', off: [mark('holds'), no], on: [mark('holds'), no] },
      { lock: 'c', title: 'c', off: [mark('broken'), no], on: [mark('holds'), no] },
    ];
    const order = (view: Partial<View>) => sorted(rows, { ...USUAL_VIEW, ...view }).map(({ lock }) => lock);
    expect(order({ order: 'by-0' })).toEqual(['c', 'b', 'a']);
    expect(order({ order: 'by-0', fencing: 'on' })).toEqual(['b', 'c', 'a']);
    expect(order({ order: 'safest' })).toEqual(['b', 'a', 'c']);
    expect(order({ order: 'listed' })).toEqual(['a', 'b', 'c']);
  });

  test('every column of every line is drawn exactly once, whatever is merged', () => {
    fc.assert(
      fc.property(anyRow, fc.constantFrom('both' as const, 'off' as const, 'on' as const), (row, fencing) => {
        const lines = linesOf(row, fencing);
        const covered = lines.map(() => [0, 0, 0, 0]);
        drawn(lines).forEach((cells, line) => {
          for (const { column, across, down, mark } of cells) {
            for (let y = line; y < line + down; y += 1) {
              for (let x = column; x < column + across; x += 1) {
                (covered[y] as number[])[x] = (covered[y]?.[x] ?? 0) + 1;
                // Those that break alike without a fault share one cell, and the run of the first.
                const shown = lines[y]?.[x] as Mark;
                const alike = 'href' in shown && across > 1 ? { ...shown, href: expect.any(String) } : shown;
                expect(mark).toEqual(alike);
                if (across > 1)
                  expect(mark.kind === 'senseless' || (mark.kind === 'broken' && mark.faults === 0)).toBe(true);
              }
            }
          }
        });
        expect(covered.flat().every((times) => times === 1)).toBe(true);
      }),
    );
  });
});

describe('what would be said again and again is said once', () => {
  test('no lock breaks without a fault in one cell, and has one reason for each line', () => {
    const row = rowFor('none', 'no-lost-update');
    const [off = [], on = []] = drawn(linesOf(row, 'both'));
    expect(off.map(({ mark, across }) => [mark.kind, across])).toEqual([
      ['broken', 4],
      ['senseless', 4],
    ]);
    expect(on.map(({ mark, across }) => [mark.kind, across])).toEqual([['senseless', TROUBLES.length]]);
  });

  test('what takes no lock has one thing to say where locks are asked about, and more where updates are', () => {
    for (const lock of Object.keys(backends).filter((id) => backends[id]?.locks === false)) {
      expect(onlyWhy(rowFor(lock, 'one-believer'))).toMatch(/^It takes no lock/);
      expect(onlyWhy(rowFor(lock, 'nobody-stuck'))).toMatch(/^It takes no lock/);
      expect(onlyWhy(rowFor(lock, 'no-lost-update'))).toBeNull();
    }
    expect(onlyWhy(rowFor('redis', 'one-believer'))).toBeNull();
  });
});

describe('the guide says no more than the table', () => {
  /** The cells asked for, each with what became of it. */
  const asked = (fits: (cell: Cell) => boolean) =>
    cells()
      .filter(fits)
      .map((cell) => {
        const found = answer(cell);
        return { ...cell, is: found.kind === 'refused' ? 'senseless' : found.verdict.kind };
      });
  const locksWhere = (found: ReturnType<typeof asked>, is: string) =>
    found.filter((cell) => cell.is === is).map(({ lock }) => lock);

  test('under a pause every lock that ends by itself has two believers, and fencing changes nothing there', () => {
    const paused = asked((cell) => cell.property === 'one-believer' && cell.trouble === 'client pause');
    const [off, on] = [paused.filter(({ fenced }) => !fenced), paused.filter(({ fenced }) => fenced)];
    expect(locksWhere(off, 'holds')).toEqual(['mutex', 'sql']);
    expect(locksWhere(on, 'holds')).toEqual([]);
    expect(locksWhere(off, 'violated')).toEqual(expect.arrayContaining(locksWhere(on, 'violated')));
    expect(locksWhere(on, 'violated').length).toBeGreaterThan(6);
  });

  test('with tokens no update is lost to a pause, and one is where a failover gives the same token out twice', () => {
    const fenced = asked(
      ({ property, trouble, fenced: on }) =>
        property === 'no-lost-update' && on && (trouble === 'client pause' || trouble === 'failover'),
    );
    const broken = fenced.filter(({ is }) => is === 'violated').map(({ lock, trouble }) => `${lock}, ${trouble}`);
    expect(broken).toEqual(['redis-replica, failover']);
  });

  test('the rows that take no lock hold in every column', () => {
    const lockless = Object.keys(backends).filter((lock) => backends[lock]?.locks === false);
    expect(lockless).toHaveLength(4);
    const found = asked(
      ({ lock, property, fenced }) => property === 'no-lost-update' && !fenced && lockless.includes(lock),
    );
    expect(new Set(found.map(({ is }) => is))).toEqual(new Set(['holds', 'senseless']));
  });

  test('a mutex waits for a dead holder for ever, and no lease does', () => {
    const found = asked(
      ({ property, trouble, fenced }) => property === 'nobody-stuck' && trouble === 'holder crash' && !fenced,
    );
    expect(locksWhere(found, 'violated')).toEqual(['mutex']);
  });
});
