import { describe, expect, test } from 'vitest';
import { type Choices, experiment, type FaultKind, faultKinds, USUAL } from '#lib/lock/index.ts';
import { choicesFromQuery, choicesToQuery, MOST } from './choices-url.ts';
import { LENGTHS, lengthsOf, withLength } from './knobs-lengths.tsx';
import { knobsOfSetting, type Setting, turn } from './knobs-setting.ts';
import { stops } from './knobs-words.ts';

const withFault = (kind: FaultKind): Choices => ({ ...USUAL, faults: [{ kind, atMost: 1 }] });

describe('a length is offered for', () => {
  test.each(faultKinds)('%s exactly where the engine takes one', (kind) => {
    const made = experiment({ ...USUAL, faults: [{ kind, atMost: 1, lasts: 45 }] }, 'no-lost-update');
    const refused = made.kind === 'refused' && /has no length|has a rate/.test(made.why);
    expect(LENGTHS[kind] === undefined).toBe(refused);
  });
});

test('what may not strike has no length to choose', () => {
  expect(
    lengthsOf({
      ...USUAL,
      faults: [
        { kind: 'crash', atMost: 1 },
        { kind: 'pause', atMost: 0 },
      ],
    }),
  ).toEqual([]);
  expect(lengthsOf(withFault('delay'))).toEqual(['delay']);
});

test('each length that is offered makes an experiment, stands in the address, and goes when it is as usual again', () => {
  const choices = withFault('pause');
  for (const length of stops(1, 1, MOST.lengthMs)) {
    const longer = withLength(choices, 'pause', length);
    expect(experiment(longer, 'no-lost-update').kind).toBe('scenario');
    const query = choicesToQuery(longer, 'no-lost-update');
    expect(query).toContain(`faults=pause:1=${length}`);
    expect(choicesFromQuery(Object.fromEntries(new URLSearchParams(query)))).toMatchObject({ choices: longer });
  }
  expect(withLength(withLength(choices, 'pause', 45), 'pause', null)).toEqual(choices);
  expect(withLength(choices, 'delay', 45)).toEqual(choices);
});

test('a length that was chosen stays when another knob is turned', () => {
  const setting: Setting = {
    kind: 'experiment',
    choices: withLength(withFault('pause'), 'pause', 45),
    property: 'no-lost-update',
  };
  const turned = turn(setting, { ...knobsOfSetting(setting), ttl: 40, faults: { pause: 2 } });
  if (turned.kind === 'refused' || turned.setting.kind !== 'experiment') throw new Error('it can be turned');
  expect(turned.setting.choices.faults).toEqual([{ kind: 'pause', atMost: 2, lasts: 45 }]);
});
