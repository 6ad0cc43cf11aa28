'use client';
// A link whose page is fetched ahead once somebody aims at it, and not for being in sight: what stands at the head of every page
// would otherwise fetch all places of the site beside the page that is being read, on a phone too.
import Link from 'next/link';
import { type ComponentProps, useState } from 'react';

export function AimedLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  const [aimed, setAimed] = useState(false);
  const aim = () => setAimed(true);
  return <Link {...props} prefetch={aimed ? null : false} onPointerEnter={aim} onFocus={aim} onTouchStart={aim} />;
}
