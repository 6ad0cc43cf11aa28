// The server that the end-to-end tests talk to: `npm start` on an empty data folder.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../prisma/setup.mjs';

fs.rmSync(process.env.E2E_DATA, { recursive: true, force: true });
const server = spawn(process.execPath, [path.join(root, 'prisma', 'setup.mjs'), 'start'], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.once('exit', (code) => process.exit(code ?? 1));
