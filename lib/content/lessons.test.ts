// Reading one lesson, mostly badly written ones: an author's slip is answered with the file and the line, never with a page
// that lacks something.
import { describe, expect, test } from 'vitest';
import { allLessons, lessonBySlug, readLesson } from './lessons.ts';

const name = '080-fencing.mdx';
const front = {
  title: 'title: Fencing tokens',
  question: 'question: "What happens to its write?"',
  promise: 'promise: "Say what a fencing token is."',
  minutes: 'minutes: 7',
  part: 'part: fails',
  needs: 'needs: [leases]',
  teaches: 'teaches: []',
};

/** A lesson of these front matter lines and this body. The body starts at line 10. */
function lesson(body: string, changed: Partial<Record<keyof typeof front | 'extra', string | null>> = {}): string {
  const lines = Object.values({ ...front, ...changed }).filter((line) => line !== null);
  return ['---', ...lines, '---', body].join('\n');
}

const card = '<Card id="fencing-who-checks" q="Who checks?" a="The resource." cite="kleppmann" />';
const quiz = (inside: string, head = 'kind="single"') =>
  `<Quiz id="fencing-quiz-1" ${head} question="Which?" card="fencing-who-checks">\n${inside}\n</Quiz>`;

const good = `
The **token** is a number.<Cite of="kleppmann" /> Again.<Cite of="kleppmann" /><Cite of="redis-docs" />

${card}

<Demo id="pause-no-fence" />

<Claim scenario="pause-no-fence" property="no-lost-update" is="violated">One pause is enough.</Claim>

## Check \`yourself\`

${quiz('<Option correct why="It compares.">The `resource`</Option>\n<Option why="It may be gone.">The client</Option>')}
`;

describe('a good lesson', () => {
  const read = readLesson(name, lesson(good));

  test('has its order and its permanent slug from the file name', () => {
    expect(read).toMatchObject({ order: 80, slug: 'fencing', title: 'Fencing tokens', minutes: 7, teaches: [] });
  });

  test('gives its cards the lesson that they stand in', () => {
    expect(read.cards).toEqual([
      {
        id: 'fencing-who-checks',
        kind: 'question',
        question: 'Who checks?',
        answer: 'The resource.',
        cites: ['kleppmann'],
        depth: 'mid',
        tags: [],
        lesson: 'fencing',
        heading: null,
      },
    ]);
  });

  test('says under which heading a card stands and what it covers, and keeps what else a card says', () => {
    const kinds = [
      '<Card id="fencing-n" kind="number" q="How many?" a="35." value="35" unit="ms" cite="derived" depth="staff" />',
      '<Card id="fencing-c" kind="cloze" q="The ____ checks." a="resource" cite="derived" tags="a b" contrast="x" />',
    ].join('\n\n');
    const { cards, covers } = readLesson(
      name,
      lesson(`## The gap, \`twice\`\n\n${kinds}\n\n<Covers points="3 4" corrections="12" />\n`),
    );
    expect(cards).toMatchObject([
      { kind: 'number', value: 35, unit: 'ms', depth: 'staff', heading: 'the-gap-twice' },
      { kind: 'cloze', tags: ['a', 'b'], contrast: 'x', heading: 'the-gap-twice' },
    ]);
    expect(covers).toEqual([{ points: [3, 4], corrections: [12], heading: 'the-gap-twice' }]);
  });

  test('names each source and each demo once, in the order of the text', () => {
    expect(read.cites).toEqual(['kleppmann', 'redis-docs']);
    expect(read.demos).toEqual(['pause-no-fence']);
    expect(read.claims).toEqual([{ scenario: 'pause-no-fence', property: 'no-lost-update', is: 'violated' }]);
  });

  test('keeps code in options and headings in backticks', () => {
    expect(read.quizzes[0]?.options).toEqual([
      { text: 'The `resource`', why: 'It compares.', correct: true },
      { text: 'The client', why: 'It may be gone.', correct: false },
    ]);
    expect(read.headings).toEqual([{ text: 'Check `yourself`', anchor: 'check-yourself', depth: 2, line: 19 }]);
  });

  test('reads the numbers of a number question as numbers', () => {
    const text = quiz(
      '<Option value="9898" why="Forgot drift.">9898</Option>',
      'kind="number" answer="9863" tolerance="1" unit="ms"',
    );
    expect(readLesson(name, lesson(text)).quizzes[0]).toMatchObject({
      kind: 'number',
      answer: 9_863,
      tolerance: 1,
      unit: 'ms',
      options: [{ value: 9_898 }],
    });
  });

  test('may ask about a history that the engine makes, without options', () => {
    const asked = '<Quiz id="a" kind="trace" demo="d" ask="step" property="one-believer" question="Where?" card="c" />';
    expect(readLesson(name, lesson(asked)).quizzes).toEqual([
      {
        ...{ id: 'a', kind: 'trace', demo: 'd', ask: 'step', property: 'one-believer', question: 'Where?', card: 'c' },
        ...{ depth: 'mid', options: [] },
      },
    ]);
    expect(() => readLesson(name, lesson(asked.replace('"step"', '"why"')))).toThrow(/ask/);
  });

  test('may have the line ends of Windows', () => {
    const { body: _, ...windows } = readLesson(name, lesson(good).replaceAll('\n', '\r\n'));
    const { body: __, ...unix } = read;
    expect(windows).toEqual(unix);
  });
});

describe('a file that is not called NNN-slug.mdx is refused by name', () => {
  test.each(['fencing.mdx', '80-fencing.mdx', '080-Fencing.mdx', '080-fencing.md', '080_fencing.mdx', ''])(
    '%s',
    (odd) => {
      expect(() => readLesson(odd, lesson(good))).toThrow(`${odd}: a lesson's file is called NNN-slug.mdx`);
    },
  );
});

describe('front matter is strict', () => {
  test.each(['title', 'question', 'promise', 'minutes', 'teaches'] as const)('without %s it is refused', (field) => {
    expect(() => readLesson(name, lesson(good, { [field]: null }))).toThrow(
      new RegExp(`^080-fencing.mdx, front matter: ${field}: `),
    );
  });

  test.each([
    ['an unknown field', { extra: 'author: somebody' }, /080-fencing.mdx, front matter: .*author/],
    ['minutes in words', { minutes: 'minutes: seven' }, /080-fencing.mdx, front matter: minutes/],
    ['half minutes', { minutes: 'minutes: 7.5' }, /080-fencing.mdx, front matter: minutes/],
    ['an hour', { minutes: 'minutes: 60' }, /080-fencing.mdx, front matter: minutes/],
    ['an empty title', { title: 'title: ""' }, /080-fencing.mdx, front matter: title/],
    ['one heading instead of a list', { teaches: 'teaches: Fencing' }, /080-fencing.mdx, front matter: teaches/],
    ['broken YAML', { promise: 'promise: [' }, /080-fencing.mdx: .*at line [56]/],
  ])('%s is refused', (_, changed, message) => {
    expect(() => readLesson(name, lesson(good, changed))).toThrow(message);
  });

  test('a file without front matter is refused', () => {
    expect(() => readLesson(name, good)).toThrow(/^080-fencing.mdx, front matter: /);
  });
});

describe('the body is refused with file and line', () => {
  const long = (n: number) => 'x'.repeat(n);
  const option = '<Option why="No.">One</Option>\n<Option why="No.">Two</Option>';
  const right = '<Option correct why="Yes.">Right</Option>';
  test.each([
    ['a card with a long question', card.replace('Who checks?', long(161)), '080-fencing.mdx:11 <Card>: q: '],
    ['a card with a long answer', card.replace('The resource.', long(221)), '080-fencing.mdx:11 <Card>: a: '],
    ['a card without sources', card.replace('kleppmann', ' '), '080-fencing.mdx:11 <Card>: cite: '],
    ['a card without an answer', card.replace(/ a="[^"]*"/, ''), '080-fencing.mdx:11 <Card>: a: '],
    ['a card with a misspelt field', card.replace(' q=', ' question='), '080-fencing.mdx:11 <Card>: '],
    ['a card whose id is no id', card.replace('fencing-who-checks', 'Who checks'), '080-fencing.mdx:11 <Card>: id: '],
    [
      'a question without a right option',
      quiz(option),
      '080-fencing.mdx:11 <Quiz>: exactly one option must be correct',
    ],
    ['a question with two right ones', quiz(`${right}\n${right}`), '080-fencing.mdx:11 <Quiz>: exactly one option'],
    ['a question of an unknown kind', quiz(`${right}\n${option}`, 'kind="guess"'), '080-fencing.mdx:11 <Quiz>: kind: '],
    ['an option without why', quiz(`${right}\n<Option>Two</Option>`), '080-fencing.mdx:13 <Option>: why: '],
    [
      'an option with a value for correct',
      quiz(`<Option correct="yes" why="Yes.">One</Option>\n${option}`),
      '080-fencing.mdx:12 <Option>: correct: ',
    ],
    [
      'a number question whose answer is a word',
      quiz(option, 'kind="number" answer="many"'),
      '080-fencing.mdx:11 <Quiz>: answer: "many" is not a number',
    ],
    [
      'a claim that is neither',
      '<Claim scenario="a" property="b" is="maybe">x</Claim>',
      '080-fencing.mdx:11 <Claim>: is: ',
    ],
    ['a citation of nothing', 'Said so.<Cite />', '080-fencing.mdx:11 <Cite>: of: '],
    ['a citation with a misspelt field', 'Said so.<Cite key="kleppmann" />', '080-fencing.mdx:11 <Cite>: of: '],
    ['a demo without an id', '<Demo />', '080-fencing.mdx:11 <Demo>: id: '],
  ])('%s', (_, body, message) => {
    expect(() => readLesson(name, lesson(`\n${body}\n`))).toThrow(message);
  });

  test.each([
    [
      'an attribute that is an expression',
      card.replace('"Who checks?"', '{"Who" + "?"}'),
      /^080-fencing.mdx: <Card> on line 11: /,
    ],
    ['spread attributes', '<Card {...everything} />', /^080-fencing.mdx: <Card> on line 11: /],
    ['a tag that never ends', '\n<Card id="a"', /^080-fencing.mdx:\d+: Unexpected end of file/],
    ['an element that is not closed', '<Aside>\n\nx', /^080-fencing.mdx.*closing tag for `<Aside>` \(11:1/],
  ])('%s', (_, body, message) => {
    expect(() => readLesson(name, lesson(`\n${body}\n`))).toThrow(message);
  });
});

describe('the course', () => {
  test('is read once and again only when a file changes: asking twice gives the same lessons', () => {
    expect(allLessons()).toBe(allLessons());
  });

  test('is in the order of the numbers', () => {
    const orders = allLessons().map((lesson) => lesson.order);
    expect([...orders].sort((one, two) => one - two)).toEqual(orders);
  });

  test.each(['nowhere', '', '__proto__', 'constructor', '../lessons/080-fencing'])('has no lesson “%s”', (slug) => {
    expect(lessonBySlug(slug)).toBeUndefined();
  });
});
