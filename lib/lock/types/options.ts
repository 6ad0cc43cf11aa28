// Every knob of every backend. One list, so that a terminal, a wizard and a page can name them all.
import type { Ms, Window } from './time.ts';

/** Every knob of every backend. A backend reads those that it knows; options.ts has the defaults and refuses nonsense. */
export type BackendOptions = {
  readonly network: Window;
  /** How the holder gives the lock back: by comparing the value first, or by a bare delete of the key. */
  readonly release: 'compare-and-delete' | 'delete';
  /** The back-off between two attempts at a lock that somebody else holds. */
  readonly retry: Window;
  /** How long a client waits for an answer of a lock server; FOREVER means that it never gives up. */
  readonly timeout: Ms;
  /** What it does then: pass on the doubt, ask again, or ask again and find out whether the lock is already its own. */
  readonly onTimeout: 'give-up' | 'ask-again' | 'ask-whose';
  /** Lock servers that are asked or copied to. */
  readonly replicas: number;
  /** For how many copies an acquisition waits (Redis `WAIT`). */
  readonly waitFor: number;
  /** How long `WAIT` waits for them; FOREVER is what Redis calls 0. */
  readonly waitTimeout: Ms;
  /** How long a copy takes to reach a replica. */
  readonly replication: Window;
  /** Redlock step 3: does a client refuse a majority that came too late? */
  readonly elapsedCheck: boolean;
  /** Subtracted from a lease by its holder, for clocks that do not run at the same speed. */
  readonly driftAllowance: Ms;
  /** Is a lock on disk before it is answered? */
  readonly durable: boolean;
  /** How long a node that comes back keeps silent, so that every lock that it may have forgotten has ended. */
  readonly delayedRestart: Ms;
  /** How long a replicated service is without a leader when it has lost one. Requests wait meanwhile. */
  readonly election: Ms;
  /** How often a server looks for sessions that have ended, so how late it may notice. */
  readonly sweep: Ms;
  /** After a holder was lost, nobody may have the lock for so long. */
  readonly lockDelay: Ms;
  /** How long a client goes on looking for its service after its own lease on the session ran out. */
  readonly grace: Ms;
  /** A holder that has not managed to renew for so long stops (client-go). */
  readonly renewDeadline: Ms;
  /** Is the protected data in the database that locks, in the same transaction, or somewhere else? */
  readonly data: 'inside' | 'outside';
  readonly rowLock: 'for-update' | 'advisory-session' | 'advisory-transaction';
  readonly whenLocked: 'wait' | 'nowait' | 'skip-locked';
  /** After so long without a statement, the database ends the transaction of a client. */
  readonly idleTimeout: Ms;
  /** Half the width of the interval that a clock is promised to be right within (TrueTime's epsilon). */
  readonly clockUncertainty: Ms;
  /** Does a transaction wait until its timestamp is surely past before it answers? */
  readonly commitWait: boolean;
  /** Does a transaction begin with a request of its own, before it asks for its first lock? (Spanner) */
  readonly beginsFirst: boolean;
  /** Does a client that waited in etcd's queue look whether its own key is still there? Before 2020 it did not. */
  readonly recheckOwnKey: boolean;
  /** Where a token comes from, in a backend that leaves the choice: none, the record's version, or a counter of one's own. */
  readonly token: 'none' | 'record-version' | 'counter';
};
