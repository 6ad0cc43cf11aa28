// `npm run lab -- list | run | check | matrix`: the lock engine at a terminal.
import { Mistake } from './flags.ts';
import { lab } from './lab/index.ts';
import { teller } from './progress.ts';

// Whoever reads may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await lab(
    process.argv.slice(2),
    console.log,
    teller(process.stderr, () => performance.now()),
  );
} catch (error) {
  if (!(error instanceof Mistake)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
