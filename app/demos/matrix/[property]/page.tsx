// The matrix of each property by its name. Made in the build, and nothing else is: an unknown one is not found, and never searched.
import type { Metadata } from 'next';
import { QUESTIONS } from '#components/matrix/cell.ts';
import { Matrix } from '#components/matrix/page.tsx';

type Props = { params: Promise<{ property: string }> };

export const dynamic = 'force-static';
export const dynamicParams = false;

export function generateStaticParams() {
  return QUESTIONS.map(({ id }) => ({ property: id }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { property } = await params;
  const question = QUESTIONS.find(({ id }) => id === property);
  return {
    title: `The matrix: ${question?.name.toLowerCase()}`,
    description: `${question?.asks} Every lock against every fault, computed.`,
  };
}

export default async function MatrixOfProperty({ params }: Props) {
  return <Matrix property={(await params).property} />;
}
