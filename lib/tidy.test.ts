// The rules of the house, as a test: who may import whom, registries that equal their folders, and words that a folder bans,
// each with what to write instead.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.dirname(import.meta.dirname);
const code = /\.(ts|tsx|mjs)$/;

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && code.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('prisma/generated'));
}

const sources = ['app', 'components', 'content', 'lib', 'prisma', 'e2e'].flatMap(filesUnder);
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const isTest = (file: string) => /\.(test|e2e)\.tsx?$/.test(file);

/** Each zone with the zones it may import from, itself apart. The first zone whose path fits is the file's. */
const zones: readonly { readonly zone: string; readonly may: readonly string[] }[] = [
  { zone: 'lib/lock', may: [] },
  { zone: 'lib/study', may: [] },
  { zone: 'lib/wizard', may: [] },
  { zone: 'lib/practice', may: [] },
  { zone: 'lib/env.ts', may: [] },
  { zone: 'lib/vitest.config.ts', may: [] },
  { zone: 'lib/fail-on-console.ts', may: [] },
  { zone: 'prisma/generated', may: [] },
  { zone: 'content', may: ['lib/lock', 'lib/wizard', 'lib/practice'] },
  { zone: 'lib/cli', may: ['lib/lock', 'lib/wizard', 'lib/practice', 'content'] },
  { zone: 'lib/content', may: ['lib/study', 'lib/practice', 'content'] },
  {
    zone: 'lib/server',
    may: ['prisma/generated', 'lib/lock', 'lib/study', 'lib/wizard', 'lib/practice', 'lib/content', 'lib/env.ts'],
  },
  { zone: 'components', may: ['lib/lock', 'lib/study', 'lib/wizard', 'lib/practice', 'content'] },
  {
    zone: 'app',
    may: [
      'components',
      'content',
      'lib/server',
      'lib/content',
      'lib/lock',
      'lib/study',
      'lib/wizard',
      'lib/practice',
      'lib/env.ts',
    ],
  },
  { zone: 'e2e', may: ['prisma', 'lib/study', 'lib/content', 'lib/lock', 'content'] },
  { zone: 'prisma', may: [] },
];

const zoneOf = (file: string) => zones.find(({ zone }) => file === zone || file.startsWith(`${zone}/`));

/** What a file imports under this name, as a path from the root. */
const fromRoot = (file: string, target: string) =>
  target.startsWith('#') ? target.slice(1) : path.join(path.dirname(file), target).replaceAll('\\', '/');

/** The project files that a file imports, as paths from the root. */
function importsOf(file: string): string[] {
  const found = [...read(file).matchAll(/(?:from|import)\s*\(?\s*'([.#][^']+)'/g)].map((match) => match[1]!);
  return found.map((target) => fromRoot(file, target));
}

/** The names that a file imports from files of the project, types left out. */
function importsNamed(file: string): { target: string; name: string }[] {
  return [...read(file).matchAll(/import \{([^}]*)\} from '([.#][^']+)'/g)].flatMap(([, names = '', from = '']) =>
    names.split(',').flatMap((name) => (name.trim() ? [{ target: fromRoot(file, from), name: name.trim() }] : [])),
  );
}

describe('arrows point down', () => {
  test.each(sources.filter((file) => !isTest(file)))('%s imports only what its layer may', (file) => {
    const from = zoneOf(file);
    if (!from) throw new Error(`${file} is in no zone of the house; add its folder to the list in lib/tidy.test.ts`);
    for (const target of importsOf(file)) {
      const to = zoneOf(target);
      const allowed = to !== undefined && (to.zone === from.zone || from.may.includes(to.zone));
      if (!allowed) {
        throw new Error(
          `${file} imports ${target}; ${from.zone} may import ${from.may.join(', ') || 'nothing but itself'}`,
        );
      }
    }
  });

  test('only lib/practice/attack.ts may join practice to the lock engine', () => {
    const joining = sources
      .filter((file) => file.startsWith('lib/practice/') && file !== 'lib/practice/attack.ts')
      .filter((file) => importsOf(file).some((target) => target.startsWith('lib/lock')));
    expect(joining).toEqual([]);
  });

  test('only lib/content/card-faces.ts may join what is read from lessons to the code of the course', () => {
    const joining = sources
      .filter((file) => file.startsWith('lib/content/') && !isTest(file))
      .filter((file) => importsOf(file).some((target) => target.startsWith('content/')));
    expect(joining).toEqual(['lib/content/card-faces.ts']);
  });

  test('no files import each other in a circle', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const walk = (file: string, trail: readonly string[]) => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      if (done.has(file) || trail.includes(file)) return;
      for (const target of importsOf(file)) if (sources.includes(target)) walk(target, [...trail, file]);
      done.add(file);
    };
    for (const file of sources) walk(file, []);
    expect(circles).toEqual([]);
  });

  test('everything outside lib/lock uses its one public surface', () => {
    const inside = sources.flatMap((file) =>
      file.startsWith('lib/lock/')
        ? []
        : importsOf(file)
            .filter((target) => target.startsWith('lib/lock/') && target !== 'lib/lock/index.ts')
            .map((target) => `${file} → ${target}`),
    );
    expect(inside).toEqual([]);
  });
});

describe('each folder keeps its own rules', () => {
  test('every file of lib/server starts with server-only', () => {
    const without = sources
      .filter((file) => file.startsWith('lib/server/') && !isTest(file))
      .filter((file) => !read(file).includes("import 'server-only';"));
    expect(without).toEqual([]);
  });

  test('what the server renders takes nothing from a client file but components', () => {
    // A text or a number would come as a reference to that file's script, and whatever it stands in would wait for it.
    const isClient = (file: string) => sources.includes(file) && /^'use client';/m.test(read(file));
    const seen = new Set<string>();
    const walk = (file: string): void => {
      if (seen.has(file) || !sources.includes(file) || isClient(file)) return;
      seen.add(file);
      for (const target of importsOf(file)) walk(target);
    };
    for (const file of sources) if (file.startsWith('app/') && !isTest(file)) walk(file);
    const taken = [...seen].flatMap((file) =>
      importsNamed(file)
        .filter(({ target, name }) => isClient(target) && !/^(type |[A-Z]\w*[a-z])/.test(name))
        .map(({ target, name }) => `${file} takes ${name} from ${target}`),
    );
    expect(seen.size).toBeGreaterThan(100);
    expect(taken).toEqual([]);
  });

  test('every file of server actions goes through the action wrapper or the sign-up form', () => {
    const actions = sources.filter((file) => /^'use server';/m.test(read(file)));
    expect(actions.length).toBeGreaterThan(2);
    for (const file of actions) expect(read(file), file).toMatch(/server\/(action|account)\.ts'/);
  });

  const inEngine: readonly (readonly [RegExp, string])[] = [
    [/\bnew Date\b|\bDate\./, 'the LocalClock you were given'],
    [/\bMath\.random\b/, 'a move that is offered'],
    [/\bsetTimeout\b\(|\basync\b|\bPromise\b/, 'a setTimer command'],
    [/\bInfinity\b/, 'FOREVER'],
    [/\blocaleCompare\b/, 'a comparator by id'],
    [/^\s*(export )?(const )?(enum|abstract class|class) /m, 'a union type and functions'],
    [/\bconsole\./, 'a noted event'],
  ];
  const engine = sources.filter((file) => file.startsWith('lib/lock/') && !isTest(file));
  const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  test.each(inEngine)('lib/lock has no %s: write %s', (banned) => {
    expect(engine.length).toBeGreaterThan(10);
    expect(engine.filter((file) => banned.test(withoutComments(read(file))))).toEqual([]);
  });

  test('lib/lock depends on no package', () => {
    const outside = engine.filter((file) => /from '[^.#]/.test(withoutComments(read(file))));
    expect(outside).toEqual([]);
  });

  test('no file is called after nothing', () => {
    const vague = sources.filter((file) => /(^|\/)(utils?|helpers?|misc|common|shared)(\.|\/)/.test(file));
    expect(vague).toEqual([]);
  });

  test('file names are in kebab case', () => {
    const odd = sources.filter((file) => !/^(\.?[a-z0-9]+(-[a-z0-9]+)*\.)+(ts|tsx|mjs)$/.test(path.basename(file)));
    expect(odd).toEqual([]);
  });

  test('nothing is left open', () => {
    const words = ['TO' + 'DO', 'FIX' + 'ME', 'coming' + ' soon', 'lorem' + ' ipsum'];
    expect(sources.filter((file) => words.some((word) => read(file).includes(word)))).toEqual([]);
  });

  test('a source file opens with what it is', () => {
    const bare = sources.filter((file) => {
      const text = read(file);
      const small = text.split('\n').length < 25 || file.startsWith('app/');
      return !small && !isTest(file) && !/^(#!.*\n)?('use (client|server)';\n)?(\/\/|\/\*)/.test(text);
    });
    expect(bare).toEqual([]);
  });
});

describe('registries equal their folders', () => {
  const registered = (folder: string, registry: string) => {
    const names = filesUnder(folder)
      .filter(
        (file) => path.dirname(file) === folder && file !== registry && !isTest(file) && !file.endsWith('/index.ts'),
      )
      .map((file) => `./${path.basename(file)}`);
    return { names, text: read(registry) };
  };

  test.each([
    ['lib/lock/backends', 'lib/lock/backends/registry.ts'],
    ['content/scenarios', 'content/scenarios/index.ts'],
  ])('every file of %s is named in its registry', (folder, registry) => {
    const { names, text } = registered(folder, registry);
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => !text.includes(`'${name}'`))).toEqual([]);
  });

  test('the top level holds only what the house names', () => {
    const allowed = new Set([
      ...['app', 'content', 'components', 'lib', 'prisma', 'e2e', 'next.config.mjs', 'package.json'],
      ...['package-lock.json', 'tsconfig.json', 'biome.json', '.env.example', '.gitignore', 'README.md'],
      ...['CONTRIBUTING.md', 'LICENSE', '.ci'],
    ]);
    const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
    const top = new Set(tracked.map((file) => file.split('/')[0]!));
    expect([...top].filter((name) => !allowed.has(name))).toEqual([]);
    expect(existsSync(path.join(root, 'prisma/schema.prisma'))).toBe(true);
  });
});
