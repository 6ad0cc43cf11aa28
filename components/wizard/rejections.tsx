// Why each of the others was not chosen, as a book's table: first what would also do, then what the answers rule out.
// The answer that decided stands under each reason, so that a reader can disagree with it.
import { InlineCode } from '#components/ui/inline-code.tsx';
import type { Rejection } from '#lib/wizard/walk.ts';

function Rows({ rejections, caption }: { rejections: readonly Rejection[]; caption: string }) {
  return (
    <table className="mt-6 w-full table-fixed border-collapse text-left">
      <caption className="pb-2 text-left font-[600]">{caption}</caption>
      <thead>
        <tr className="border-b border-ink text-sm text-muted">
          <th scope="col" className="w-[32%] py-1.5 pr-3 font-normal">
            Option
          </th>
          <th scope="col" className="py-1.5 font-normal">
            Why not here
          </th>
        </tr>
      </thead>
      <tbody>
        {rejections.map(({ candidate, why, given }) => (
          <tr key={candidate.id} className="border-b border-line align-top">
            <th scope="row" className="py-2.5 pr-3 font-[560]">
              <InlineCode text={candidate.name} />
            </th>
            <td className="py-2.5">
              <InlineCode text={why} />
              {given && (
                <span className="mt-0.5 block text-[0.875rem] text-muted">
                  Your answer: <InlineCode text={given.choice.label} />
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Rejections({ rejections }: { rejections: readonly Rejection[] }) {
  const possible = rejections.filter((one) => one.grade !== 'no');
  const out = rejections.filter((one) => one.grade === 'no');
  return (
    <>
      {possible.length > 0 && <Rows rejections={possible} caption="Would do, but not first" />}
      {out.length > 0 && <Rows rejections={out} caption="Ruled out by your answers" />}
    </>
  );
}
