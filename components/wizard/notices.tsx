// What an address carried that could not be used, said plainly above the page: an old link still opens, and the reader knows
// what was left out.
import type { Notice } from '#lib/wizard/address.ts';

export function Notices({ notices }: { notices: readonly Notice[] }) {
  if (notices.length === 0) return null;
  return (
    <div role="status" className="page pb-0!">
      <ul className="border-l-2 border-muted pl-4 text-[0.9375rem] text-muted">
        {notices.map((notice) => (
          <li key={notice.key}>
            {notice.kind === 'gone' ? (
              <>
                That answer no longer exists: <code>{`${notice.key}=${notice.value}`}</code>. It was left out.
              </>
            ) : (
              <>
                The address answers <code>{notice.key}</code> twice, so neither answer counts.
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
