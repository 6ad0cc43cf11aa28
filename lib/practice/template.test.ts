// The spoken paragraph and its address: laws that hold for every combination of blanks.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEmpty, longestNotes, longestReason, longestUseCase, parseBlanks, serialiseBlanks } from './blanks-url.ts';
import {
  assemble,
  type Blanks,
  emptyBlanks,
  fencingIds,
  gap,
  lockGroups,
  lockIds,
  lockKind,
  pieces,
  sayDuration,
  speakingSeconds,
} from './template.ts';

const seconds = (atLeast: number) =>
  fc.integer({ min: atLeast * 100, max: 8_640_000 }).map((hundredths) => hundredths / 100);
const words = (longest: number) =>
  fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .map((text) => text.replace(/\r\n?/g, '\n').trim())
    .filter((text) => text.length <= longest);
const oneLine = (longest: number) => words(longest).map((text) => text.replace(/\s+/g, ' ').trim());

const anyBlanks: fc.Arbitrary<Blanks> = fc.record({
  useCase: oneLine(longestUseCase),
  lock: fc.constantFrom(null, ...lockIds),
  reason: words(longestReason),
  ttlSeconds: fc.option(seconds(0.01)),
  heartbeatSeconds: fc.option(seconds(0)),
  fencing: fc.constantFrom(null, ...fencingIds),
  notes: words(longestNotes),
});

const filled: Blanks = {
  useCase: 'electing one coordinator',
  lock: 'etcd',
  reason: 'It has to survive the loss of a node.',
  ttlSeconds: 15,
  heartbeatSeconds: 5,
  fencing: 'seal',
  notes: '',
};

describe('the spoken paragraph', () => {
  test('says the whole template for a lease', () => {
    expect(assemble(filled, { resource: 'the metadata store' })).toBe(
      "For electing one coordinator, I'd use an etcd lock because it has to survive the loss of a node. " +
        'The lock would have a TTL of 15 seconds, with a heartbeat every 5 seconds, and a failed renewal stops the work. ' +
        'Against pauses and late packets, each grant carries a fencing token, the revision of its key, and the metadata ' +
        'store rejects any write with a lower token than the highest it has seen. A new holder seals first: it installs ' +
        'its token at the metadata store, and only then reads, decides and writes.',
    );
  });

  test('shows the open template with its gaps when nothing is filled in', () => {
    expect(assemble(emptyBlanks)).toBe(
      `For ${gap}, I'd use ${gap} because ${gap}. The lock would have a TTL of ${gap}, with a heartbeat every ${gap}, ` +
        `and a failed renewal stops the work. Against a holder that pauses and wakes up too late, ${gap}.`,
    );
  });

  test('has no word on a TTL where nothing is a lease', () => {
    for (const lock of lockIds.filter((id) => lockKind(id) !== 'lease')) {
      expect(assemble({ ...filled, lock }), lock).not.toMatch(/TTL|heartbeat|renewal|session timeout/);
    }
  });

  test('is well-formed for every lock, fencing and time', () => {
    for (const lock of [null, ...lockIds]) {
      for (const fencing of [null, ...fencingIds]) {
        for (const ttlSeconds of [null, 1, 90, 3600]) {
          for (const heartbeatSeconds of [null, 0, 1, 30]) {
            for (const notes of ['', 'and one thing more']) {
              const said = assemble({ ...filled, lock, fencing, ttlSeconds, heartbeatSeconds, notes });
              expect(said).toMatch(/^For .*\.$/);
              expect(said).not.toMatch(/ {2}| [.,;:]|\.\.|,,|\. [a-z]|: \.|undefined|null|NaN| 1 \w+s\b/);
            }
          }
        }
      }
    }
  });

  test('never shows a missing value, a double space or a line break, whatever is typed', () => {
    fc.assert(
      fc.property(anyBlanks, (blanks) => {
        const typed = `${blanks.useCase} ${blanks.reason} ${blanks.notes}`;
        const said = assemble(blanks);
        expect(said).not.toMatch(/\s{2}|[\n\t]/);
        expect(said.trim()).toBe(said);
        for (const slip of ['undefined', 'NaN', 'null', '[object']) {
          if (!typed.includes(slip)) expect(said).not.toContain(slip);
        }
      }),
    );
  });

  test('marks each blank, open exactly while it is empty', () => {
    const open = (blanks: Blanks) => pieces(blanks).flatMap((piece) => (piece.open ? [piece.blank] : []));
    expect(open(emptyBlanks)).toEqual(['useCase', 'lock', 'reason', 'ttl', 'heartbeat', 'fencing']);
    expect(open(filled)).toEqual([]);
    expect(open({ ...filled, lock: 'sql', ttlSeconds: null, heartbeatSeconds: null, fencing: null })).toEqual([]);
    expect(open({ ...filled, reason: ' … ' })).toEqual(['reason']);
  });

  test('takes a reason as people type it', () => {
    const because = (reason: string) => assemble({ ...filled, reason }).split('. ')[0];
    expect(because('Because the row can refuse it.')).toMatch(/because the row can refuse it$/);
    expect(because('Redis is there')).toMatch(/because Redis is there$/);
    expect(assemble({ ...filled, useCase: 'For booking a seat.' })).toMatch(/^For booking a seat, /);
  });

  test('offers every choice in exactly one group', () => {
    expect(lockGroups.flatMap((group) => group.locks).sort()).toEqual([...lockIds].sort());
  });

  test('says durations as one speaks them, and estimates the time to speak', () => {
    expect([1, 30, 60, 90, 120, 3600, 7200, 0.5].map(sayDuration)).toEqual([
      '1 second',
      '30 seconds',
      '1 minute',
      '90 seconds',
      '2 minutes',
      '1 hour',
      '2 hours',
      '0.5 seconds',
    ]);
    expect(speakingSeconds('one two three four five')).toBe(2);
    expect(speakingSeconds('')).toBe(0);
  });
});

describe('blanks in an address', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(anyBlanks, (blanks) => {
        expect(parseBlanks(new URLSearchParams(serialiseBlanks(blanks)))).toEqual(blanks);
      }),
    );
  });

  test('are left empty where a value makes no sense, and nothing throws', () => {
    const bad = { lock: 'chubby', ttl: '-3', heartbeat: '1e3', fencing: 'maybe', reason: 7, useCase: 'x'.repeat(81) };
    expect(parseBlanks(bad)).toEqual(emptyBlanks);
    expect(parseBlanks({ ttl: '0', heartbeat: '0' })).toEqual({ ...emptyBlanks, heartbeatSeconds: 0 });
    expect(parseBlanks({ ttl: ['30', '40'] }).ttlSeconds).toBe(30);
    expect(parseBlanks({ ttl: '99999' }).ttlSeconds).toBeNull();
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))), (params) => {
        expect(assemble(parseBlanks(params))).toMatch(/^For /);
      }),
    );
  });

  test('read what the wizard writes', () => {
    const params = new URLSearchParams(
      'lock=redis&reason=a+duplicate+only+costs+time&ttl=30&heartbeat=10&fencing=none&useCase=a+nightly+job',
    );
    expect(parseBlanks(params)).toEqual({
      useCase: 'a nightly job',
      lock: 'redis',
      reason: 'a duplicate only costs time',
      ttlSeconds: 30,
      heartbeatSeconds: 10,
      fencing: 'none',
      notes: '',
    });
  });

  test('know an empty answer', () => {
    expect(isEmpty(emptyBlanks)).toBe(true);
    expect(isEmpty({ ...emptyBlanks, notes: 'x' })).toBe(false);
  });
});
