// What somebody finds in the real course who types what people type.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { finderOf } from '#components/find/finder.ts';
import { histories } from '#content/histories.ts';
import { allEntries } from './entries.ts';

const entries = allEntries();
const find = finderOf(entries);
const first = (query: string, count: number) =>
  find(query)
    .entries.slice(0, count)
    .map(({ href }) => href);

describe('the index', () => {
  test('names each thing once', () => {
    const ids = entries.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  test('is fetched in less than 150 kB', () => {
    expect(gzipSync(JSON.stringify(entries)).length).toBeLessThan(150_000);
  });

  test('leads to every history that can be judged', () => {
    const hrefs = new Set(entries.map(({ href }) => href));
    expect(histories.filter(({ id }) => !hrefs.has(`/quiz/history?q=${id}`))).toEqual([]);
  });
});

describe('among the first three', () => {
  test.each([
    ['herd', '/lessons/options#options-zk-herd'],
    ['thundering herd', '/lessons/options#options-zk-herd'],
    ['thundering', '/lessons/options#options-zk-herd'],
    ['reentrancy', '/lessons/hazelcast'],
    ['monitoring', '/lessons/options#options-release-nothing'],
    ['zombie', '/use-cases/leader'],
    ['stale leader', '/use-cases/leader'],
    ['judge a history', '/quiz/history'],
    ['bathroom key history', '/quiz/history?q=history-bathroom-key-safe'],
    ['GC pause', '/lessons/pauses'],
    ['gc', '/lessons/pauses'],
    ['stop the world', '/lessons/pauses'],
    ['safepoint', '/lessons/pauses'],
    ['garbage collection', '/lessons/pauses'],
    ['clock drift', '/lessons/clocks'],
    ['drift', '/lessons/clocks'],
    ['split brain', '/demos/two-leaders'],
    ['fence', '/lessons/fencing'],
    ['fencing', '/lessons/fencing'],
    ['fensing', '/lessons/fencing'],
    ['Lua', '/lessons/redis'],
    ['stripe', '/lessons/alternatives#alternatives-stripe-keys'],
    ['martin', '/sources#source-kleppmann'],
    ['kleppmann', '/sources#source-kleppmann'],
    ['lease', '/lessons/leases'],
    ['which lock should I use', '/wizard'],
    ['safety vs liveness', '/lessons/safety-and-liveness'],
    ['cas', '/lessons/kubernetes-lease#kubernetes-lease-cas'],
    ['double booking', '/use-cases/booking'],
    ['network partition', '/demos/zookeeper-cut-off'],
  ])('%s finds %s', (query, href) => {
    expect(first(query, 3)).toContain(href);
  });
});

describe('not at all', () => {
  test.each([
    ['stripe', /strike/i],
    ['martin', /margin/i],
    ['trace', /\brace/i],
  ])('%s does not find what is only spelt like it', (query, other) => {
    const { entries: found, of } = find(query);
    expect(of).toBeGreaterThan(0);
    const spelt = new RegExp(query, 'i');
    const strayed = found.filter(({ id, title, text, words = '' }) => {
      const all = `${id} ${title} ${text} ${words}`;
      return other.test(all) && !spelt.test(all);
    });
    expect(strayed.map(({ id }) => id)).toEqual([]);
  });
});
