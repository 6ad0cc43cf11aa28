// A sentence that the test run has checked by searching all schedules of a scenario. The mark beside it leads to the run. The
// tick is about the sentence: "can break" beside a true sentence would read as if the sentence had been refuted.
import Link from 'next/link';
import type { ReactNode } from 'react';
import { addressOfClaim, verdictOf } from './claim-address.ts';

export type ClaimProps = {
  readonly scenario: string;
  readonly property: string;
  readonly is: 'holds' | 'violated';
  readonly children?: ReactNode;
};

export function Claim({ scenario, property, is, children }: ClaimProps) {
  return (
    <span className="claim">
      {children}{' '}
      <Link
        href={addressOfClaim(scenario, property)}
        prefetch={false}
        className="rounded-[3px] border border-line px-1.5 py-px font-sans text-[0.75rem] whitespace-nowrap text-muted no-underline hover:border-ink hover:text-ink"
        title={`${property} in the scenario ${scenario}: ${is}. Run it yourself.`}
      >
        <span aria-hidden="true">✓ </span>
        {verdictOf(property, is)}
      </Link>
    </span>
  );
}
