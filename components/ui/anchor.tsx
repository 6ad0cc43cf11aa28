// A link to wherever its address says: within the site by the router, and fetched only when it is followed.
import Link from 'next/link';
import type { AnchorHTMLAttributes } from 'react';

export function Anchor({ href = '', ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return href.startsWith('/') ? <Link href={href} prefetch={false} {...rest} /> : <a href={href} {...rest} />;
}
