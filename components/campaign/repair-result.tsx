// What a repair costs, and what the search says of it.
import { type Cost, FINISHES, type Judged } from '#content/levels/repair-judgement.ts';
import { propertyById, verdictWords } from '#lib/lock/index.ts';

export function Bill({ cost, best, own }: { cost: Cost | null; best: number; own: number | null }) {
  const lines: readonly (readonly [string, number | undefined])[] = [
    ['Messages of a run in which nothing goes wrong', cost?.messages],
    ['ms until all are done', cost?.quietMs],
    ['ms until the next is done if A dies', cost?.deadMs],
  ];
  return (
    <section aria-label="Cost" className="min-w-0">
      <h2 className="mb-1 font-semibold">What it costs</h2>
      <table className="w-full text-[0.9375rem]">
        <tbody>
          {lines.map(([name, value]) => (
            <tr key={name} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-4 text-left font-normal text-muted">
                {name}
              </th>
              <td className="py-1.5 text-right tabular-nums">{value ?? '–'}</td>
            </tr>
          ))}
          <tr className="border-y border-ink">
            <th scope="row" className="py-1.5 pr-4 text-left font-semibold">
              Sum
            </th>
            <td className="py-1.5 text-right font-semibold tabular-nums">{cost?.total ?? '–'}</td>
          </tr>
        </tbody>
      </table>
      <p className="mt-2 text-sm text-muted tabular-nums">
        The cheapest repair with these knobs costs {best}.{own === null ? '' : ` Your best so far: ${own}.`}
      </p>
    </section>
  );
}

export function Verdict({
  judged,
  cost,
  best,
  lent,
}: {
  judged: Judged;
  cost: Cost | null;
  best: number;
  /** Somebody else has turned the knobs. */
  lent: boolean;
}) {
  if (judged.kind === 'refused') return <p>These settings make no sense together: {judged.why}.</p>;
  if (judged.kind === 'fails') {
    const { promise, verdict } = judged;
    return (
      <>
        <p>
          Not yet. <q>{propertyById(promise)?.title}</q>{' '}
          {promise === FINISHES ? verdictWords(verdict, 'sometimes') : ''}
        </p>
        {verdict.kind === 'violated' && promise !== FINISHES && (
          <>
            <p className="font-medium text-broken">{verdict.words}</p>
            <p>{verdictWords(verdict, 'always')} The picture below can show it.</p>
          </>
        )}
        {verdict.kind === 'unknown' && <p>{verdictWords(verdict, 'always')}</p>}
      </>
    );
  }
  const over = cost === null ? 0 : cost.total - best;
  return (
    <>
      {judged.promises.map(({ promise, verdict }) => (
        <p key={promise}>
          <q>{propertyById(promise)?.title}</q>{' '}
          <span className="font-medium text-held">
            {verdictWords(verdict, promise === FINISHES ? 'sometimes' : 'always')}
          </span>
        </p>
      ))}
      <p className="mt-1">
        Fixed, at a cost of {cost?.total}.{' '}
        {over <= 0 ? 'No repair with these knobs is cheaper.' : `One that costs ${over} less exists.`}
      </p>
      {lent && (
        <p className="mt-1">
          These settings came with the link, so the repair is not kept as yours. Turn a knob yourself and search again.
        </p>
      )}
    </>
  );
}
