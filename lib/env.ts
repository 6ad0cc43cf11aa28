// The environment, read once and checked. `npm start` fills in the defaults; a server started any other way is told what is
// missing in one sentence.
import { z } from 'zod';

const optional = z.string().min(1).optional().catch(undefined);

const unset = { error: 'is not set' };

const schema = z.object({
  DATABASE_URL: z.string(unset).startsWith('file:', 'must be a SQLite file such as file:./data/fencepost.db'),
  NEXTAUTH_SECRET: z.string(unset).min(16, 'must be at least 16 characters'),
  // `localhost:3000` is an address too, of the scheme `localhost`.
  NEXTAUTH_URL: z
    .string(unset)
    .pipe(z.url({ protocol: /^https?$/, error: 'must be the address of the site, such as http://localhost:3000' })),
  GITHUB_ID: optional,
  GITHUB_SECRET: optional,
  GOOGLE_ID: optional,
  GOOGLE_SECRET: optional,
});

export type Environment = z.infer<typeof schema>;

/** Checks an environment; throws one sentence that names every variable that is missing or wrong. */
export function readEnvironment(from: Record<string, string | undefined>): Environment {
  const result = schema.safeParse(from);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new Error(
    `The environment is incomplete: ${faults.join('; ')}. Start the site with npm start, which sets all of it.`,
  );
}

let kept: Environment | undefined;

export function env(): Environment {
  kept ??= readEnvironment(process.env);
  return kept;
}
