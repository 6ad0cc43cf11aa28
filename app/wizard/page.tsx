// The wizard: reads the answers from the address and shows the next question or the outcome. It keeps nothing.
import type { Metadata } from 'next';
import { WizardKeys } from '#components/wizard/keys.tsx';
import { Notices } from '#components/wizard/notices.tsx';
import { WizardOutcome } from '#components/wizard/outcome.tsx';
import { WizardQuestion } from '#components/wizard/question.tsx';
import { wizard } from '#content/wizard.ts';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { type Address, parseAddress, wizardHref } from '#lib/wizard/address.ts';
import { flips } from '#lib/wizard/flips.ts';
import { pageOf } from '#lib/wizard/page.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

async function addressOf({ searchParams }: Props): Promise<Address> {
  const params = new URLSearchParams();
  for (const [key, given] of Object.entries(await searchParams)) {
    for (const value of [given ?? []].flat()) params.append(key, value);
  }
  return parseAddress(wizard, params);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = pageOf(wizard, await addressOf(props));
  const title = page.kind === 'outcome' ? `Recommended: ${page.candidate.name}` : page.question.text;
  return {
    title: title.replaceAll('`', ''),
    description:
      'Do you need a lock, and which? One question at a time, with the reasons for and against every option.',
  };
}

export default async function WizardPage(props: Props) {
  const address = await addressOf(props);
  const page = pageOf(wizard, address);
  const { answers } = address;
  return (
    <>
      <Notices notices={address.notices} />
      {page.kind === 'question' ? (
        <WizardQuestion tree={wizard} answers={answers} page={page} />
      ) : (
        <WizardOutcome
          tree={wizard}
          answers={answers}
          outcome={page}
          flips={flips(wizard, answers)}
          lessonTitle={lessonBySlug(page.candidate.lesson)?.title ?? 'read on'}
        />
      )}
      <WizardKeys address={wizardHref(wizard, answers, address.ask ?? undefined)} />
    </>
  );
}
