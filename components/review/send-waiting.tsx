'use client';
// Sends what a guest graded without the network, before they sign in and become somebody else. Shows nothing.
import { useMemo } from 'react';
import { browserStorage, makeOutbox, type Send, useOutboxState } from './outbox.ts';

export function SendWaiting({ viewerId, send }: { viewerId: string; send: Send }) {
  const outbox = useMemo(
    () =>
      makeOutbox(
        (operation) => send({ ...operation, viewerId }),
        browserStorage(viewerId),
        () => {},
      ),
    [send, viewerId],
  );
  useOutboxState(outbox);
  return null;
}
