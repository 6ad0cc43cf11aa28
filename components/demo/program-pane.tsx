// Each client's program as code, with the line that it runs next, and the reason when it waits.
import { memo } from 'react';
import { type NodeId, programState, type Scenario, type World } from '#lib/lock/index.ts';
import { codeOf } from './program-code.ts';
import { ClientSign, ink, soft } from './shapes.tsx';

export const ProgramPane = memo(function ProgramPane({ scenario, world }: { scenario: Scenario; world: World }) {
  const clients = Object.entries(scenario.clients);
  const [first] = clients;
  if (clients.length > 3 && first) {
    return (
      <div>
        <p className="mb-2 text-sm text-muted">Every one of the {clients.length} requests runs this.</p>
        <Code lines={codeOf(first[1])} lit={null} hue={0} label={`${scenario.title}: program of each request`} />
      </div>
    );
  }
  return (
    <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
      {clients.map(([id, program], hue) => (
        <Client key={id} title={scenario.title} id={id} hue={hue % 4} world={world} lines={codeOf(program)} />
      ))}
    </div>
  );
});

function Client({
  title,
  id,
  hue,
  world,
  lines,
}: {
  title: string;
  id: NodeId;
  hue: number;
  world: World;
  lines: readonly string[];
}) {
  const { line, waits } = programState(world, id);
  return (
    <div className="min-w-0">
      <p className="mb-1.5 flex items-baseline gap-2 text-sm">
        <ClientSign hue={hue} id={id} />
        <span className="text-muted">{waits ?? 'ready'}</span>
      </p>
      <Code lines={lines} lit={line} hue={hue} label={`${title}: program of client ${id}`} />
    </div>
  );
}

function Code({
  lines,
  lit,
  hue,
  label,
}: {
  lines: readonly string[];
  lit: number | null;
  hue: number;
  label: string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label={label}>
      <ol className="min-w-max list-none pl-0 font-mono text-[0.8125rem] leading-6 tracking-[-0.01em]">
        {lines.map((text, at) => (
          <li
            key={at}
            aria-current={at === lit ? 'step' : undefined}
            className="mt-0! border-l-2 border-line pr-2 pl-2.5 whitespace-pre"
            style={at === lit ? { borderColor: ink(hue), background: soft(hue) } : undefined}
          >
            {text}
          </li>
        ))}
      </ol>
    </section>
  );
}
