import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { lockLines } from '#components/cheat-sheet/locks.ts';
import { PrintButton } from '#components/cheat-sheet/print-button.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { CONSTANTS } from '#content/constants.ts';
import { wizard } from '#content/wizard.ts';
import { recallTable } from '#lib/content/cards.ts';
import { debateInShort, decisionQuestions, threeMistakes } from '#lib/content/short.ts';
import { emptyBlanks, pieces } from '#lib/practice/template.ts';

export const metadata: Metadata = {
  title: 'Cheat sheet',
  description: 'Distributed locks on one page, to print and to read in the lift: made from the data of the course.',
};

/** One printed page; on the screen the same in a column or two. */
export default function CheatSheetPage() {
  const recall = recallTable();
  const withoutALock = wizard.candidates.filter(({ title }) => title.startsWith('No lock: '));
  const paragraph = pieces({ ...emptyBlanks, lock: 'etcd', fencing: 'seal' }, {})
    .map(({ text }) => text)
    .join('');
  return (
    <article className="page page-wide cheat-sheet">
      <PageHeader title="Distributed locks on one page">
        <p className="print:hidden">One page, made from the same data as the lessons, the wizard and the engine.</p>
      </PageHeader>
      <p className="mb-8 print:hidden">
        <PrintButton />
      </p>
      <div className="columns">
        <Part title="In one breath">
          <dl>
            {recall.map(({ id, question, answer }) => (
              <div key={id}>
                <dt>
                  {/* On paper nobody fills a gap. */}
                  <InlineCode text={question.replace(/_{3,}\.?$/, '…')} />
                </dt>
                <dd>
                  <InlineCode text={answer} />
                </dd>
              </div>
            ))}
          </dl>
        </Part>
        <Part title="Before you say “lock”">
          <ol className="mb-2 list-decimal pl-5">
            {decisionQuestions().map((question) => (
              <li key={question}>
                <InlineCode text={question} />
              </li>
            ))}
          </ol>
          <ul>
            {withoutALock.map(({ id, title, cost }) => (
              <li key={id}>
                <b>{title.replace('No lock: ', '').replace(/^./, (letter) => letter.toUpperCase())}.</b> {cost}
              </li>
            ))}
          </ul>
        </Part>
        <Part title="Three mistakes, and what to say instead">
          <dl>
            {threeMistakes().map(({ said, better }) => (
              <div key={said}>
                <dt>{said}</dt>
                <dd>
                  <InlineCode text={better} />
                </dd>
              </div>
            ))}
          </dl>
        </Part>
        <Part title="The Redlock debate">
          <p>
            <InlineCode text={debateInShort()} />
          </p>
        </Part>
        <Part title="The answer, with gaps">
          <p>{paragraph}</p>
        </Part>
        <Part title="Locks, and what one pause does to an update">
          <table>
            <thead>
              <tr>
                <th scope="col">Lock</th>
                <th scope="col">Token</th>
                <th scope="col">Ends with</th>
                <th scope="col">Bare</th>
                <th scope="col">Fenced</th>
              </tr>
            </thead>
            <tbody>
              {lockLines().map(({ title, token, ends, pause, fenced }) => (
                <tr key={title}>
                  <th scope="row">{title}</th>
                  <td>{token}</td>
                  <td>{ends}</td>
                  <td>{pause}</td>
                  <td>{fenced}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="mt-1">
            Searched by the engine: one pause, bare and with a store that checks tokens on reads and writes. Redis has
            no token of its own; this one comes from an <code>INCR</code> in the script that takes the lock.
          </p>
        </Part>
        <Part title="Numbers">
          <table>
            <tbody>
              {Object.values(CONSTANTS)
                .filter(({ detail }) => !detail)
                .map(({ system, what, value, unit, read }) => (
                  <tr key={`${system} ${what}`}>
                    <th scope="row">{system}</th>
                    <td>
                      <InlineCode text={what} />
                      {read === 'secondary' && ' (second-hand)'}
                      {read === 'memory' && ' (from memory)'}
                    </td>
                    <td className="whitespace-nowrap tabular-nums">
                      {value.toLocaleString('en-GB')} {unit}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </Part>
      </div>
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
