// How to read the matrix aloud in an interview, and what it rests on. The lengths are those of the experiment itself.
import { TROUBLES, type Trouble, USUAL } from '#lib/lock/index.ts';

export function Guide() {
  return (
    <div className="prose">
      <h2 id="guide">How to read it in an interview</h2>
      <p>
        Read along a row. Begin with <em>One believer</em>: every lock that ends by itself breaks under a pause, because
        a stopped client cannot notice that its time is up. Fencing changes nothing there.
      </p>
      <p>
        Then say what you protect, and turn to <em>No lost update</em>. Now fencing counts: a store that checks and
        installs tokens refuses the late write. It cannot where a failover gives the same token out twice, and not where
        the lock gives no tokens to compare.
      </p>
      <p>
        The rows that take no lock hold in every column. Say that before you say “lock”: one rule beside the data can be
        enough.
      </p>
      <p>
        Last, <em>Nobody stuck</em> is what leases are for: a plain mutex waits for a dead holder for ever.
      </p>
      <p>
        Claim no more than the page does. “Holds” means that no schedule of this small experiment breaks it. “Broken” is
        stronger: it comes with a run that you can draw.
      </p>
    </div>
  );
}

const { clients, ttl, hold } = USUAL;
const LONG = 2 * ttl;

const MEANINGS: { readonly [trouble in Trouble]: string } = {
  'no fault': 'Nothing goes wrong; only the order of events is open.',
  'client pause': `One client stands still for ${LONG} ms and goes on as if nothing had been.`,
  'holder crash': 'One client dies for good, wherever it is.',
  'delayed message': `One message to or from a client takes ${LONG} ms longer.`,
  'lost reply': 'One answer of the lock service to a client never arrives.',
  failover: 'The lock service loses its leader, and another takes over.',
  'clock jump': `The clock of one lock server, or of a client where clients count the lease, is set forward by ${LONG} ms.`,
  partition: `One client and the lock service cannot reach each other for ${LONG} ms; the store is still in reach. Here the work takes ${LONG} ms, a lease is renewed after each third, and the client goes on: it neither stops at bad news nor looks at its clock.`,
};

export function Bounds() {
  return (
    <div className="prose">
      <h2 id="bounds">What was searched</h2>
      <p>
        {clients === 2 ? 'Two' : clients} clients each add one to a number: acquire, read, work for {hold} ms, look at
        the clock, write, release. A lease lasts {ttl} ms and is not renewed, and every message takes 1 ms. At most one
        fault of the kind named may strike, whenever it likes. “With fencing” means that the store checks and installs
        the token on reads and on writes. Each move is looked at as early and as late as it can come, in every order,
        until no new state is left. The number under “holds” says how many states that were. A database with its “data
        outside” only locks; its sessions end after one lease without a word, and its tokens come from a counter.
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 font-sans text-[0.9375rem]">
        {TROUBLES.map((trouble) => (
          <div key={trouble} className="col-span-2 grid grid-cols-subgrid border-b border-line py-1.5">
            <dt className="font-medium">{trouble}</dt>
            <dd>{MEANINGS[trouble]}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
