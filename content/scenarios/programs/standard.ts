// Demos that are the standard experiment in other clothes: their clients, faults and limits are made from a few choices, as the
// matrix and the knobs make them, so "the same with fencing" is one word and not a copy. A story adds what it is called, what
// its code looks like and what its endings mean.
import { type FailureId, failures } from '#content/failures.ts';
import { type Choices, experiment, type Line, type Program, type Scenario, USUAL } from '#lib/lock/index.ts';

export type Story = Pick<Scenario, 'id' | 'title' | 'lesson' | 'point' | 'expect'> &
  Required<Pick<Scenario, 'states' | 'script'>> &
  Pick<Scenario, 'outcomes' | 'groups'> & {
    /** What the program calls itself here, and how each kind of line reads. What it does stays as it was chosen. */
    readonly does?: string;
    readonly says?: { readonly [op in Line['op']]?: string };
  };

/** Small enough to look at every whole millisecond, and each message takes the same time. */
export const PLAIN: Choices = { ...USUAL, network: [1, 1], timing: 'every-ms', maxStates: 300_000 };

export function standard(choices: Choices, { does, says = {}, ...story }: Story): Scenario {
  const [property = 'no-lost-update'] = Object.keys(story.expect);
  const made = experiment(choices, property);
  if (made.kind === 'refused') throw new Error(`${story.id} is no experiment: ${made.why}`);
  return { ...made.scenario, ...story, clients: dressed(made.scenario.clients, does, says) };
}

/** One of the eighteen failures, as content/failures.ts has it. */
export function failing(id: FailureId, story: Story): Scenario {
  const failure = failures.find((one) => one.id === id);
  if (!failure) throw new Error(`${story.id}: there is no failure ${id}`);
  return standard(failure.choices, story);
}

/** Clients that shared a program go on sharing one, so that a search can see that they are alike. */
function dressed(
  clients: Scenario['clients'],
  does: string | undefined,
  says: NonNullable<Story['says']>,
): Scenario['clients'] {
  const known = new Map<Program, Program>();
  const dress = (program: Program): Program => ({
    ...program,
    name: does ?? program.name,
    lines: program.lines.map(({ text, run }) => ({ text: says[run.op] ?? text, run })),
  });
  return Object.fromEntries(
    Object.entries(clients).map(([id, program]) => {
      const dressedOne = known.get(program) ?? dress(program);
      known.set(program, dressedOne);
      return [id, dressedOne];
    }),
  );
}
