// What the rules find. Wrong and weak come with their reason at once, since that is what there is to learn; praise keeps its
// reason folded. A word says how grave a finding is: red stays reserved for a broken guarantee in a demo.
import Link from 'next/link';
import type { Finding, Severity } from '#lib/practice/rule.ts';
import type { BlankName } from '#lib/practice/template.ts';

export type LessonTitles = Readonly<Record<string, string>>;

const wordFor: Readonly<Record<Severity, string>> = { wrong: 'Wrong', weak: 'Weak', good: 'Good' };
const look: Readonly<Record<Severity, string>> = {
  wrong: 'bg-ink text-paper',
  weak: 'border border-muted text-ink',
  good: 'text-muted',
};

const blankLabels: Readonly<Record<BlankName, string>> = {
  useCase: 'use case',
  lock: 'lock',
  reason: 'because',
  ttl: 'TTL',
  heartbeat: 'heartbeat',
  fencing: 'fencing',
  notes: 'notes',
};

function Why({ finding, titles }: { finding: Finding; titles: LessonTitles }) {
  const title = titles[finding.lesson];
  return (
    <p className="mt-1 text-[0.9375rem] text-muted">
      {finding.why}{' '}
      {title && (
        <Link
          href={`/lessons/${finding.lesson}`}
          prefetch={false}
          className="whitespace-nowrap text-muted underline hover:text-ink"
        >
          {title}
        </Link>
      )}
    </p>
  );
}

export function FindingList({ findings, titles }: { findings: readonly Finding[]; titles: LessonTitles }) {
  return (
    <ul className="space-y-4">
      {findings.map((finding) => (
        <li key={finding.id} className="grid grid-cols-[4.25rem_1fr] items-baseline" data-rule={finding.id}>
          <span>
            <span
              className={`rounded-[2px] px-1.5 py-0.5 text-[0.8125rem] font-medium ${look[finding.severity]} ${finding.severity === 'good' ? '-ml-1.5' : ''}`}
            >
              {wordFor[finding.severity]}
            </span>
          </span>
          {finding.severity === 'good' ? (
            <details className="group">
              <summary className="cursor-pointer list-none pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
                {finding.finding}{' '}
                <span className="whitespace-nowrap text-sm text-muted underline group-open:hidden">Why</span>
              </summary>
              <Why finding={finding} titles={titles} />
            </details>
          ) : (
            <div>
              <p>{finding.finding}</p>
              <Why finding={finding} titles={titles} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Findings while the form is being filled in: what is merely empty is named in one line and not held against anybody. */
export function LiveFindings({
  findings,
  chosen,
  titles,
}: {
  findings: readonly Finding[];
  /** Whether the lock's blank is filled. */
  chosen: boolean;
  titles: LessonTitles;
}) {
  const judged = findings.filter((finding) => !finding.missing);
  const open = findings.filter((finding) => finding.missing).map((finding) => blankLabels[finding.field]);
  return (
    <section aria-labelledby="findings" aria-live="polite" className="mt-8 border-t border-line pt-5">
      <h2 id="findings" className="mb-3 text-sm font-[600]">
        Findings
      </h2>
      {judged.length > 0 && <FindingList findings={judged} titles={titles} />}
      {judged.length === 0 && (
        <p className="text-muted">
          {chosen
            ? 'Nothing to object to so far.'
            : 'Choose a lock, or none, and the rules of the lessons are checked against your answer.'}
        </p>
      )}
      {open.length > 0 && (
        <p className={`text-muted ${judged.length > 0 ? 'mt-4' : 'mt-1'}`}>Still open: {open.join(', ')}.</p>
      )}
    </section>
  );
}
