// The process in which our search answers one question: `ours-process.ts QUESTION WARM-UPS`, one line of JSON on stdout.
import { check } from '#lib/lock/index.ts';
import { questions } from '../questions.ts';
import type { Answered } from './ours.ts';

const [id, warmUps] = process.argv.slice(2);
const question = questions.find((one) => one.id === id);
if (!question) throw new Error(`no question '${id}'`);
for (let i = 0; i < Number(warmUps); i += 1) check(question.scenario, question.property);

const before = performance.now();
const { kind, states } = check(question.scenario, question.property);
const searchMs = performance.now() - before;
const answered: Answered = { kind, states, searchMs, peakMb: process.resourceUsage().maxRSS / 1024 };
console.log(JSON.stringify(answered));
