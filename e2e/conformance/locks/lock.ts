// A lock as the real client of one real service, from one connection. Each service has its recipe in a file of its own, written
// from the documentation of the service; it shares nothing with the simulated one.

export type Lock = {
  /** Waits until the lock is had; answers the fencing token of this grant. */
  acquire(): Promise<number>;
  /** What the service says at this moment. True when it was said; it may be old when it arrives. */
  stillMine(): Promise<boolean>;
  release(): Promise<void>;
  /** Ends the heartbeat and the connection, and with them what the service keeps for this client. */
  close(): Promise<void>;
};

export type LockOptions = {
  readonly port: number;
  readonly name: string;
  /** Lease, or session timeout. Renewed at a third of it until the lock is closed. An advisory lock knows none. */
  readonly ttlMs: number;
};
