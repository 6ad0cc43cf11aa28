// The commands of the lab, one file each. Bad input is a `Mistake`; everything that is said goes to `print`.
import { Mistake, type Print, readFlags } from '../flags.ts';
import { silent, type Teller } from '../progress.ts';
import { checkCommand } from './check.ts';
import { HELP } from './help.ts';
import { list } from './list.ts';
import { matrix } from './matrix.ts';
import { runCommand } from './run.ts';

const commands: {
  readonly [name: string]: (flags: ReturnType<typeof readFlags>, print: Print, teller: Teller) => void | Promise<void>;
} = {
  list,
  run: runCommand,
  check: checkCommand,
  matrix,
};

export async function lab(words: readonly string[], print: Print, teller: Teller = silent): Promise<void> {
  const [name = 'help', ...rest] = words;
  if (name === 'help' || name === '--help' || rest.includes('--help')) {
    print(HELP);
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Mistake(`there is no command '${name}'; there are ${Object.keys(commands).join(', ')}`);
  try {
    await command(readFlags(rest, name), print, teller);
  } finally {
    teller.done();
  }
}
