// Lock × fault × fencing, for the property that fencing changes. Made once, in the build.
import type { Metadata } from 'next';
import { FIRST } from '#components/matrix/cell.ts';
import { Matrix } from '#components/matrix/page.tsx';

export const dynamic = 'force-static';

export const metadata: Metadata = {
  title: 'The matrix',
  description: 'Every lock against every fault, with and without fencing: what holds and what breaks, computed.',
};

export default function MatrixPage() {
  return <Matrix property={FIRST} />;
}
