// Outlives the test process by a moment, to end what that process leaves behind. It is told of every server and client process
// over its standard input; when that closes, however the test process ended, it kills what is left and removes the folders.
// It runs in a group of its own, so an interrupt at the keyboard does not reach it. Node's built-ins only: it must start fast.
import fs from 'node:fs';
import readline from 'node:readline';

/** By process id: how to end it, and the folder that goes with it. */
const left = new Map();

function end({ pid, signal, folder }) {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
  if (folder) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { done, ...entry } = JSON.parse(line);
    if (done) left.delete(entry.pid);
    else left.set(entry.pid, entry);
  })
  .on('close', () => {
    for (const entry of left.values()) end(entry);
  });

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
