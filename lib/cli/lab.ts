// `npm run lab -- list | run | check | matrix`: the lock engine at a terminal. Each command is a file in lab/; bad input gets
// one line on stderr and exit code 2.
import { Mistake, readFlags } from './flags.ts';
import { checkCommand } from './lab/check.ts';
import { HELP } from './lab/help.ts';
import { list } from './lab/list.ts';
import { matrix } from './lab/matrix.ts';
import { runCommand } from './lab/run.ts';

const commands = { list, run: runCommand, check: checkCommand, matrix };

async function main(words: readonly string[]): Promise<void> {
  const [name = 'help', ...rest] = words;
  if (name === 'help' || name === '--help' || rest.includes('--help')) {
    console.log(HELP);
    return;
  }
  const command = commands[name as keyof typeof commands];
  if (!command) throw new Mistake(`there is no command '${name}'; there are ${Object.keys(commands).join(', ')}`);
  await command(readFlags(rest));
}

// Whoever reads may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Mistake)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
