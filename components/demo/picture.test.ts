import { describe, expect, test } from 'vitest';
import { backends, chronicle, compile, faultKinds, type LockEvent, natural, rowsOf, run } from '#lib/lock/index.ts';
import { type Box, boxOf, crosses, overlap } from './labels.ts';
import { type Picture, pictureOf } from './layout.ts';
import { badgeBox } from './marks.ts';
import { type Storm, scenarioOf, storms } from './storms.ts';

const all = storms();
const drawn: readonly { readonly storm: Storm; readonly picture: Picture }[] = all.flatMap((storm) => {
  const unfolded = pictureOf(storm.trace, storm.scenario, 1, true);
  const folded = pictureOf(storm.trace, storm.scenario);
  return [{ storm, picture: folded }, ...(folded.quorum ? [{ storm, picture: unfolded }] : [])];
});
const eventsOf = ({ trace }: Storm) => trace.steps.flatMap(({ events }) => events);

function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

test('there is a storm for every lock and for every fault', () => {
  const locks = new Set(all.map(({ scenario }) => scenario.backend));
  expect([...locks].sort()).toEqual(Object.keys(backends).sort());
  const kinds = new Set(all.flatMap(({ scenario }) => scenario.faults.map(({ kind }) => kind)));
  expect([...kinds].sort()).toEqual([...faultKinds].sort());
  expect(drawn.length).toBeGreaterThan(500);
});

describe('whatever happens to whichever lock', () => {
  test('every number in the picture is finite', () => {
    for (const { storm, picture } of drawn) {
      expect(numbersIn(picture).every(Number.isFinite), storm.name).toBe(true);
    }
  });

  test('nothing lies outside the picture, and nothing ends before it begins', () => {
    for (const { storm, picture } of drawn) {
      const { width, height } = picture;
      const inside = (x: number, y: number, what: string) => {
        if (x < 0 || x > width || y < 0 || y > height) throw new Error(`${storm.name}: ${what} at ${x}, ${y}`);
      };
      for (const { x1, y1, x2, y2 } of picture.arrows) {
        inside(x1, y1, 'arrow');
        inside(x2, y2, 'arrow');
      }
      const spans = { leases: picture.leases, beliefs: picture.beliefs, pauses: picture.pauses, cuts: picture.cuts };
      for (const [what, bars] of Object.entries(spans)) {
        for (const { x1, x2, y } of bars) {
          inside(x1, y, what);
          inside(x2, y, what);
          expect(x1, storm.name).toBeLessThanOrEqual(x2);
        }
      }
      for (const { x, y, kind } of picture.signs) inside(x, y, kind);
      for (const { x, y } of [...picture.accesses, ...picture.dots, ...picture.endings]) inside(x, y, 'mark');
      for (const label of picture.labels) {
        const { x, y, w, h } = boxOf(label);
        inside(x, y, label.text);
        inside(x + w, y + h, label.text);
      }
      expect([...picture.stepX].sort((a, b) => a - b)).toEqual(picture.stepX);
    }
  });

  test('no two words lie on each other', () => {
    for (const { storm, picture } of drawn) {
      const boxes = picture.labels.map((label) => ({ label, box: boxOf(label) })).sort((a, b) => a.box.x - b.box.x);
      boxes.forEach(({ label, box }, index) => {
        for (let at = index + 1; at < boxes.length; at += 1) {
          const other = boxes[at];
          if (!other || other.box.x > box.x + box.w) break;
          if (overlap(box, other.box) > 0) throw new Error(`${storm.name}: “${label.text}” and “${other.label.text}”`);
        }
      });
    }
  });

  test('few words are crossed by an arrow', () => {
    let [words, crossed] = [0, 0];
    for (const { picture } of drawn) {
      for (const label of picture.labels) {
        words += 1;
        const box = boxOf(label);
        if (picture.arrows.some((arrow) => crosses(box, arrow))) crossed += 1;
      }
    }
    // A third of them were, before a word looked where the arrows run.
    expect(crossed / words).toBeLessThan(0.12);
  });

  test('no word lies on the place where a message is lost', () => {
    for (const { storm, picture } of drawn) {
      const crosses = picture.arrows
        .filter(({ end }) => end === 'lost')
        .map(({ x2, y2 }) => ({ x: x2 - 5, y: y2 - 6, w: 10, h: 12 }));
      for (const cross of crosses) {
        for (const label of picture.labels) expect(overlap(boxOf(label), cross), storm.name).toBe(0);
      }
    }
  });

  test('each broken guarantee has its number, and nothing is written over it', () => {
    for (const { storm, picture } of drawn) {
      const numbers = picture.badges.flatMap((badge) => badge.numbers);
      const broken = storm.trace.violations.map((_, index) => index + 1);
      expect([...new Set(numbers)].sort(), storm.name).toEqual(broken);
      const badges = picture.badges.map(badgeBox);
      badges.forEach((badge, index) => {
        expect(badge.x + badge.w, storm.name).toBeLessThanOrEqual(picture.width);
        const others = [...badges.slice(index + 1), ...picture.labels.map((label) => boxOf(label))];
        for (const other of others) expect(overlap(badge, other), storm.name).toBe(0);
      });
    }
  });

  test('the name of a bar that slides along stays on its bar, and slides over no other word', () => {
    let slid = 0;
    for (const { storm, picture } of drawn) {
      const bars = [...picture.leases, ...picture.beliefs, ...picture.pauses];
      const boxes = picture.labels.map((label) => boxOf(label));
      for (const [index, label] of picture.labels.entries()) {
        if (label.slidesTo === undefined || label.slidesTo <= label.x) continue;
        slid += 1;
        const { x, y, w, h } = boxes[index] as Box;
        const way = { x, y, w: w + label.slidesTo - label.x, h };
        expect(
          bars.some((bar) => bar.x1 <= way.x && way.x + way.w <= bar.x2),
          `${storm.name}: ${label.text}`,
        ).toBe(true);
        const inTheWay = [...boxes.filter((_, at) => at !== index), ...picture.badges.map(badgeBox)];
        for (const other of inTheWay) {
          if (overlap(way, other) > 0) throw new Error(`${storm.name}: “${label.text}” slides over another word`);
        }
      }
    }
    expect(slid).toBeGreaterThan(500);
  });

  test('lanes do not overlap, and every node has its place', () => {
    for (const { storm, picture } of drawn) {
      const nodes = picture.lanes.flatMap(({ nodes }) => nodes);
      expect([...nodes].sort(), storm.name).toEqual(Object.keys(storm.trace.start.nodes).sort());
      picture.lanes.forEach(({ bottom }, index) => {
        const next = picture.lanes[index + 1];
        if (next) expect(next.top).toBeGreaterThanOrEqual(bottom);
      });
    }
  });

  test('what went wrong is nearly always said in words beside its sign', () => {
    const signs = drawn.flatMap(({ picture }) => picture.signs.filter(({ forms }) => forms.length > 0));
    const said = drawn.flatMap(({ picture }) => picture.labels.filter(({ kind }) => kind === 'sign'));
    expect(said.length / signs.length).toBeGreaterThan(0.95);
  });
});

/** How many marks a picture has for each kind of event. A record that goes on is one bar with a step in its level. */
const MARKS: { readonly [kind in LockEvent['kind']]?: (picture: Picture) => number } = {
  accessed: ({ accesses }) => accesses.length,
  committed: ({ signs }) => signs.filter(({ kind }) => kind === 'commit').length,
  finished: ({ endings }) => endings.length,
  paused: ({ pauses }) => pauses.length,
  crashed: ({ signs }) => signs.filter(({ kind }) => kind === 'crash').length,
  restarted: ({ signs }) => signs.filter(({ kind }) => kind === 'restart' || kind === 'wipe').length,
  failedOver: ({ signs }) => signs.filter(({ kind }) => kind === 'failover').length,
  disconnected: ({ signs }) => signs.filter(({ kind }) => kind === 'disconnect').length,
  cut: ({ cuts }) => cuts.length,
  healed: ({ signs }) => signs.filter(({ kind }) => kind === 'heal').length,
  delayed: ({ signs }) => signs.filter(({ kind }) => kind === 'delay').length,
  duplicated: ({ arrows }) => arrows.filter(({ copy }) => copy).length,
};

describe('the picture, the chronicle and the table tell the same', () => {
  test.each(Object.entries(MARKS))('each “%s” is one mark', (kind, count) => {
    let seen = 0;
    for (const { storm, picture } of drawn) {
      const happened = eventsOf(storm).filter((event) => event.kind === kind).length;
      expect(count(picture), storm.name).toBe(happened);
      seen += happened;
    }
    expect(seen).toBeGreaterThan(0);
  });

  test('each jump and each change of speed of a clock is one sign', () => {
    for (const { storm, picture } of drawn) {
      const happened = eventsOf(storm).filter(({ kind }) => kind === 'jumped' || kind === 'drifted').length;
      expect(picture.signs.filter(({ kind }) => kind === 'clock').length, storm.name).toBe(happened);
    }
  });

  test('each message is one arrow, broken off if it is lost', () => {
    for (const { storm, picture } of drawn) {
      const { messages } = chronicle(storm.trace, storm.scenario);
      expect(picture.arrows.length).toBe(messages.length);
      const lost = messages.filter(({ lostAt }) => lostAt !== null).length;
      expect(picture.arrows.filter(({ end }) => end === 'lost').length, storm.name).toBe(lost);
      const told = rowsOf(storm.trace, storm.scenario).map(({ what }) => what.match(/ is lost/g)?.length ?? 0);
      expect(
        told.reduce((sum, n) => sum + n, 0),
        storm.name,
      ).toBe(lost);
    }
  });

  test('each acquisition that a server wrote down is one bar, and each belief is one', () => {
    for (const { storm, picture } of drawn) {
      const story = chronicle(storm.trace, storm.scenario);
      expect(picture.leases.length).toBe(story.leases.length);
      expect(picture.beliefs.length).toBe(story.beliefs.length);
      const grants = eventsOf(storm).filter(({ kind }) => kind === 'granted').length;
      const terms = story.leases.reduce((sum, { terms }) => sum + terms.length, 0);
      expect(terms, storm.name).toBeGreaterThanOrEqual(grants);
    }
  });
});

describe('a folded quorum', () => {
  const five = scenarioOf({ lock: 'redlock', options: { replicas: 5 } });
  if (!five) throw new Error('redlock takes five servers');
  const trace = run(compile(five), natural(), 400);
  const [folded, unfolded] = [pictureOf(trace, five), pictureOf(trace, five, 1, true)];

  test('has one lane with a row for each node, and says on how many the holder is', () => {
    expect(folded.lanes.map(({ id }) => id)).toEqual(['redis', 'A', 'B', 'store']);
    expect(new Set(folded.leases.map(({ y }) => y)).size).toBe(5);
    expect(folded.labels.filter(({ kind }) => kind === 'lease').map(({ text }) => text)).toContain('A, on 5 of 5');
  });

  test('unfolds into a lane for each, with the same bars and arrows', () => {
    expect(unfolded.lanes.map(({ id }) => id)).toEqual([...[1, 2, 3, 4, 5].map((n) => `redis${n}`), 'A', 'B', 'store']);
    expect(unfolded.leases.length).toBe(folded.leases.length);
    expect(unfolded.arrows.length).toBe(folded.arrows.length);
    expect(unfolded.stepX).toEqual(folded.stepX);
  });
});

test('where the lock server holds the data, the accesses are drawn in its own lane, under its record', () => {
  for (const lock of ['sql', 'spanner']) {
    const scenario = scenarioOf({ lock });
    if (!scenario) throw new Error(`there is an experiment with ${lock}`);
    const picture = pictureOf(run(compile(scenario), natural(), 400), scenario);
    const [server] = picture.lanes;
    expect(picture.lanes.map(({ kind }) => kind)).toEqual(['server', 'client', 'client']);
    expect(picture.accesses.length).toBeGreaterThan(0);
    for (const { y } of picture.accesses) {
      expect(y).toBeGreaterThan(picture.leases[0]?.y ?? 0);
      expect(y).toBeLessThan(server?.bottom ?? 0);
    }
  }
});

test('where there is no lock, everything flows down from the clients to the data', () => {
  const scenario = scenarioOf({ lock: 'queue' });
  if (!scenario) throw new Error('there is an experiment with a queue');
  const picture = pictureOf(run(compile(scenario), natural(), 400), scenario);
  expect(picture.lanes.map(({ id }) => id)).toEqual(['A', 'B', 'broker', 'consumer1', 'consumer2', 'database']);
  for (const { y } of picture.accesses) expect(y).toBe(picture.lanes.at(-1)?.y);
});
