// Everything that the palette can find, as one file made in the build.
import { allEntries } from './entries.ts';

export const dynamic = 'force-static';

export function GET(): Response {
  return Response.json(allEntries());
}
