import { describe, expect, test } from 'vitest';
import { backends } from './backends/index.ts';
import { experiment, USUAL } from './experiment.ts';
import type { FaultChoice } from './experiment-faults.ts';
import { faultKinds } from './faults/index.ts';
import { type Row, rowsOf, sentence } from './narration.ts';
import { run } from './run.ts';
import { seeded } from './schedulers.ts';
import { compile } from './system.ts';
import type { FaultKind, LockEvent, Scenario, Trace } from './types.ts';

/** What must have gone wrong before this can. */
const AFTER: { readonly [kind in FaultKind]?: FaultKind } = { restart: 'crash', wipe: 'crash', heal: 'partition' };

function scenariosOf(lock: string): readonly Scenario[] {
  const servers = Object.keys(backends[lock]?.servers ? serversOf(lock) : {});
  return faultKinds.flatMap((kind) => {
    const first = AFTER[kind];
    const of = (target?: string): FaultChoice[] => {
      const aim = target === undefined ? {} : { target };
      return [
        ...(first ? [{ kind: first, atMost: 2, ...aim }] : []),
        { kind, atMost: 2, ...(kind === 'heal' ? {} : aim) },
      ];
    };
    return [of(), ...servers.map(of)].flatMap((faults) => {
      const property = backends[lock]?.locks === false ? 'no-lost-update' : 'one-believer';
      const made = experiment({ ...USUAL, lock, ttl: 12, faults }, property);
      return made.kind === 'scenario' ? [made.scenario] : [];
    });
  });
}

function serversOf(lock: string) {
  const made = experiment({ ...USUAL, lock }, 'no-lost-update');
  if (made.kind === 'refused') throw new Error(made.why);
  return Object.fromEntries(compile(made.scenario).servers.map((id) => [id, true]));
}

const traces: readonly { readonly scenario: Scenario; readonly trace: Trace }[] = Object.keys(backends).flatMap(
  (lock) =>
    scenariosOf(lock).flatMap((scenario) =>
      [1, 2].map((seed) => ({ scenario, trace: run(compile(scenario), seeded(seed, 0.2), 90) })),
    ),
);

/** What the row of a step must say when it brings such an event. */
const TOLD: { readonly [kind in LockEvent['kind']]: RegExp } = {
  asked: /runs: |begins to/,
  answered: /believes|extended|learns|given the lock back|cannot know/,
  left: /stops believing/,
  granted: /leases the lock to|gives the lock to|counts no time itself/,
  freed: /lease is over|(session|transaction) has ended|deletes|item be replaced/,
  accessed: /reads \d|writes \d|refuses the/,
  committed: /commits .* at timestamp/,
  finished: /ends: /,
  paused: /is paused until/,
  crashed: /crashes/,
  restarted: /starts again/,
  failedOver: /elects a new leader|fails over to/,
  disconnected: /loses its connection/,
  cut: /is cut off from|hears nothing from|cannot reach/,
  healed: /whole again/,
  jumped: /clock set (forward|back) \d+ ms/,
  drifted: /clock that ticks \d+ ms in \d+ ms/,
  delayed: /is late/,
  duplicated: /is doubled/,
  lost: /is lost/,
};

describe('any run of any lock under any fault', () => {
  const seen = new Set<string>();

  test('has a row for each step, and the row tells each of its events', () => {
    for (const { scenario, trace } of traces) {
      const rows = rowsOf(trace, scenario);
      expect(rows).toHaveLength(trace.steps.length + 1);
      trace.steps.forEach(({ events, move }, index) => {
        const { what } = rows[index + 1] as Row;
        expect(what, move.label).not.toMatch(/undefined|null|NaN|\[object|1000000000000000/);
        expect(what).not.toBe('');
        for (const { kind } of events) {
          seen.add(kind);
          expect(what, `${scenario.backend}: ${move.label}: ${kind}`).toMatch(TOLD[kind]);
        }
      });
    }
  });

  test('between them they bring every kind of event that there is', () => {
    expect([...seen].sort()).toEqual(Object.keys(TOLD).sort());
  });

  test('makes sentences that name who acts, once', () => {
    for (const { scenario, trace } of traces) {
      for (const row of rowsOf(trace, scenario)) {
        const said = sentence({ ...row, broken: [] });
        expect(said).toMatch(/\.$/);
        if (row.who === null) expect(said).toMatch(/^[A-Z“]/);
        else expect(row.what, said).not.toMatch(new RegExp(`^${row.who} `));
      }
    }
  });
});

test('what befalls several nodes in one step is told of each by name', () => {
  const mutex = traces.find(
    ({ scenario, trace }) =>
      scenario.backend === 'mutex' && trace.steps.some(({ move }) => move.label.startsWith('pause process')),
  );
  const row =
    mutex && rowsOf(mutex.trace, mutex.scenario).find(({ who, what }) => who === 'process' && /paused/.test(what));
  expect(row?.what).toMatch(/^is paused until .*; [AB] is paused until/);
});
