'use client';
// A button that saves the picture of a run as a file. It lays the run out anew at its usual size, with its quorum folded or not as on the screen,
// and fetches what it takes to write the file only when it is pressed.
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { rowsOf, type System, type Trace } from '#lib/lock/index.ts';
import { CROWD, crowdOf } from './crowd.ts';
import { pictureOf } from './layout.ts';
import { stretchFor } from './scale.ts';
import { firstTrace } from './trace-of.ts';
import { isUnfolded } from './unfolded.ts';

export function DownloadSvg({ system, trace }: { system: System; trace: Trace }) {
  const [failed, setFailed] = useState(false);
  const save = async () => {
    setFailed(false);
    try {
      const text = await fileOf(system, trace);
      offer(text, `${system.scenario.id.replace(/[^\w-]+/g, '-')}.svg`);
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      <Button size="small" onClick={save}>
        Download SVG
      </Button>
      <span className="text-sm text-muted empty:absolute not-empty:ml-1" aria-live="polite">
        {failed && 'The picture could not be fetched. Check your connection and press again.'}
      </span>
    </>
  );
}

async function fileOf(system: System, trace: Trace): Promise<string> {
  const { scenario } = system;
  const told = { title: scenario.title, rows: rowsOf(trace, scenario) };
  if (Object.keys(scenario.clients).length > CROWD) {
    const { crowdFile } = await import('./crowd-file.ts');
    return crowdFile({ ...told, picture: crowdOf(trace, scenario) });
  }
  const { svgFile } = await import('./svg-file.ts');
  const picture = pictureOf(trace, scenario, stretchFor(firstTrace(system)), isUnfolded(system));
  return svgFile({ ...told, picture, broken: trace.violations.map(({ words }) => words) });
}

function offer(text: string, name: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser may read it a little later than it is asked to.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
