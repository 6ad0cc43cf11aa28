// All demos: where to begin, the other ways in, and a list by lesson that can be searched by lock, use case, fault and what breaks. What
// is chosen stands in the address, so that it works without script and can be sent to somebody.
import type { Metadata } from 'next';
import Link from 'next/link';
import { DemoFilter } from '#components/demo/demo-filter.tsx';
import type { DemoQuery } from '#components/demo/demo-url.ts';
import { FAULTS, LOCK_TITLES } from '#components/demo/knobs-words.ts';
import { Thumbnail, ThumbnailHatch } from '#components/demo/thumbnail.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { firstDemos } from '#content/scenarios/catalogue/catalogue.ts';
import {
  BREAKS,
  type Chosen,
  chosenFrom,
  FACETS,
  type Facet,
  facetsOf,
  matches,
  NOTHING,
  USES,
  valuesOf,
} from '#content/scenarios/catalogue/facets.ts';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { count, type FaultKind, type Scenario } from '#lib/lock/index.ts';

export const metadata: Metadata = {
  title: 'Demos',
  description: 'Every lock of the course as a run that you can step, break and search.',
};

const OTHERS = [
  ['/demos/break', 'Break it', 'You choose what happens, until a promise breaks or you claim that it holds.'],
  ['/demos/fix', 'Fix it', 'Turn the knobs of a broken lock until a search finds nothing.'],
  ['/demos/matrix', 'The matrix', 'Every lock against every fault: what holds, what breaks, and how.'],
  ['/demos/experiment', 'Your own experiment', 'Any lock, any lease, any fault, with all schedules searched.'],
] as const;

const ASKED: { readonly [facet in Facet]: { readonly title: string; readonly any: string } } = {
  lock: { title: 'Lock', any: 'Any lock' },
  use: { title: 'Use case', any: 'Any use case' },
  fault: { title: 'What goes wrong', any: 'Anything' },
  breaks: { title: 'What breaks', any: 'Any outcome' },
};

export default async function DemosPage({ searchParams }: { searchParams: Promise<DemoQuery> }) {
  const chosen = chosenFrom(scenarios, await searchParams);
  const some = Object.keys(chosen).length > 0;
  const found = scenarios.filter((scenario) => matches(scenario, chosen));
  const groups = allLessons()
    .map(({ slug, title }) => ({ slug, title, demos: found.filter(({ lesson }) => lesson === slug) }))
    .filter(({ demos }) => demos.length > 0);
  return (
    <article className="page page-wide">
      <ThumbnailHatch />
      <PageHeader title="Demos">
        <p>
          Each is a small system in which you decide what happens next. Step it, break it, or let the search try every
          schedule.
        </p>
      </PageHeader>
      <div className="mb-14 grid gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,46rem)_minmax(0,1fr)]">
        <Begin />
        <Others />
      </div>
      <section aria-labelledby="all" id="list" className="max-w-[46rem] scroll-mt-4">
        <h2 id="all" className="mb-3 font-serif text-2xl font-[620]">
          All demos
        </h2>
        <DemoFilter action="/demos" choices={FACETS.map((facet) => choiceOf(facet, chosen))} />
        <p role="status" className="mt-4 mb-8 min-h-6 text-sm text-muted">
          {some ? (
            <>
              {found.length === 0
                ? 'No demo is all of this.'
                : `${count(found.length, 'demo')} of ${scenarios.length}.`}{' '}
              <Link href="/demos" scroll={false}>
                Show all
              </Link>
            </>
          ) : (
            `${count(scenarios.length, 'demo')}, in the order of the lessons.`
          )}
        </p>
        {groups.map(({ slug, title, demos }) => (
          <section key={slug} aria-labelledby={`lesson-${slug}`} className="mb-10">
            <h3 id={`lesson-${slug}`} className="border-b border-ink pb-1.5 text-sm font-medium text-muted">
              <Link href={`/lessons/${slug}`} className="text-muted no-underline hover:text-ink hover:underline">
                {title}
              </Link>
            </h3>
            <ul>
              {demos.map((scenario) => (
                <Demo key={scenario.id} scenario={scenario} />
              ))}
            </ul>
          </section>
        ))}
      </section>
    </article>
  );
}

function Begin() {
  return (
    <section aria-labelledby="begin">
      <h2 id="begin" className="border-b border-ink pb-1.5 font-medium">
        Begin with these three
      </h2>
      <ol>
        {firstDemos.map(({ id, why }, at) => {
          const scenario = scenarioById(id);
          return (
            scenario && (
              <li key={id} className="border-b border-line">
                <Link
                  href={`/demos/${id}`}
                  className="group grid grid-cols-[1.75rem_1fr_auto] items-center gap-x-3 py-4 text-ink no-underline"
                >
                  <span className="self-start pt-0.5 font-serif text-xl text-muted tabular-nums">{at + 1}</span>
                  <span>
                    <span className="font-serif text-xl font-[580] group-hover:underline">{scenario.title}</span>
                    <span className="mt-0.5 block text-muted">{why}</span>
                  </span>
                  <span className="max-sm:hidden">
                    <Thumbnail scenario={scenario} />
                  </span>
                </Link>
              </li>
            )
          );
        })}
      </ol>
    </section>
  );
}

function Others() {
  return (
    <nav aria-labelledby="others">
      <h2 id="others" className="border-b border-ink pb-1.5 font-medium">
        Other ways in
      </h2>
      <ul>
        {OTHERS.map(([href, name, what]) => (
          <li key={href} className="border-b border-line">
            <Link href={href} className="group block py-3 text-ink no-underline">
              <span className="font-semibold text-accent underline-offset-4 group-hover:underline">{name}</span>
              <span className="mt-0.5 block text-[0.9375rem] text-muted">{what}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Demo({ scenario }: { scenario: Scenario }) {
  const { id, title, point } = scenario;
  const { lock, breaks } = facetsOf(scenario);
  const holds = breaks.includes(NOTHING);
  return (
    <li className="border-b border-line">
      <Link
        href={`/demos/${id}`}
        prefetch={false}
        className="group flex items-center gap-x-6 py-3.5 text-ink no-underline"
      >
        <span className="min-w-0 flex-1">
          <span className="font-serif text-xl font-[580] group-hover:underline">{title}</span>
          <span className="mt-0.5 block text-muted">{point}</span>
          <span className="mt-1 block text-sm text-muted">
            {LOCK_TITLES[lock[0] ?? '']}
            {' · '}
            <span className={holds ? 'text-held' : 'text-broken'}>
              <span aria-hidden="true">{holds ? '✓ ' : '✗ '}</span>
              {holds ? 'holds' : breaks.map((property) => (BREAKS[property] ?? property).toLowerCase()).join(', ')}
            </span>
          </span>
        </span>
        <span className="max-sm:hidden">
          <Thumbnail scenario={scenario} />
        </span>
      </Link>
    </li>
  );
}

/** Its values, each with how many demos would be left. */
function choiceOf(facet: Facet, chosen: Chosen) {
  const left = (value: string) => scenarios.filter((one) => matches(one, { ...chosen, [facet]: value })).length;
  return {
    name: facet,
    ...ASKED[facet],
    now: chosen[facet] ?? '',
    values: valuesOf(scenarios, facet).map((value) => ({ value, text: `${nameOf(facet, value)} (${left(value)})` })),
  };
}

function nameOf(facet: Facet, value: string): string {
  switch (facet) {
    case 'lock':
      return LOCK_TITLES[value] ?? value;
    case 'use':
      return USES[value as keyof typeof USES];
    case 'fault':
      return FAULTS[value as FaultKind][0];
    case 'breaks':
      return BREAKS[value] ?? value;
  }
}
