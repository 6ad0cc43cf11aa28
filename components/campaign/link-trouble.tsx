// Said above a level whose link could not be followed, with a way back.

export function LinkTrouble({ why, path, all }: { why: string | null; path: string; all: string }) {
  if (why === null) return null;
  return (
    <p role="alert" className="mb-4 border-l-2 border-ink pl-3">
      {why} Here is the level as it begins. <a href={path}>Open it without the rest of the link</a>, or{' '}
      <a href={all}>choose another level</a>.
    </p>
  );
}
