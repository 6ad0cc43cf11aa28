// Why each of the others was not chosen, as a book's table: first what would also do, then what the answers rule out, under
// the answer that does it, so that a reader can disagree with the answer and not only with the verdict.
import { InlineCode } from '#components/ui/inline-code.tsx';
import type { Given, Rejection } from '#lib/wizard/walk.ts';

type Group = { readonly given: Given | null; readonly rejections: readonly Rejection[] };

function byAnswer(path: readonly Given[], rejections: readonly Rejection[]): readonly Group[] {
  return [...path, null]
    .map((given) => ({ given, rejections: rejections.filter((one) => one.given === given) }))
    .filter((one) => one.rejections.length > 0);
}

function Table({ groups, caption }: { groups: readonly Group[]; caption: string }) {
  return (
    <table className="mt-6 w-full table-fixed border-collapse text-left">
      <caption className="pb-1 text-left font-[600]">{caption}</caption>
      <colgroup>
        <col className="w-[34%]" />
        <col />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Option</th>
          <th scope="col">Why not here</th>
        </tr>
      </thead>
      {groups.map(({ given, rejections }) => (
        <tbody key={given?.question.id ?? 'none'}>
          <tr className="border-b border-ink">
            <th scope="rowgroup" colSpan={2} className="pt-5 pb-1.5 text-[0.9375rem] font-normal text-muted">
              {given ? (
                <>
                  You said: <InlineCode text={given.choice.label} />
                </>
              ) : (
                'No answer speaks against these; they cost more'
              )}
            </th>
          </tr>
          {rejections.map(({ candidate, why }) => (
            <tr key={candidate.id} className="border-b border-line align-top">
              <th scope="row" className="py-2 pr-3 font-[560]">
                <InlineCode text={candidate.name} />
              </th>
              <td className="py-2">
                <InlineCode text={why} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

export function Rejections({ path, rejections }: { path: readonly Given[]; rejections: readonly Rejection[] }) {
  const possible = byAnswer(
    path,
    rejections.filter((one) => one.grade !== 'no'),
  );
  const out = byAnswer(
    path,
    rejections.filter((one) => one.grade === 'no'),
  );
  return (
    <>
      {possible.length > 0 && <Table groups={possible} caption="Would do, but not first" />}
      {out.length > 0 && <Table groups={out} caption="Ruled out by your answers" />}
    </>
  );
}
