// Candidates in which the resource itself refuses the second request, or nothing has to: no lock, no lease, no token.
// They come first in the order of preference, because a check in the resource survives what a timeout cannot.

import { type Candidate, no, worse, yes } from '#lib/wizard/tree.ts';

export const doNothing: Candidate = {
  id: 'do-nothing',
  title: 'No lock: let duplicates happen',
  name: 'Do nothing',
  say: 'A duplicate is cheap and harmless here, so I coordinate nothing and keep the work idempotent.',
  because:
    'Every lock adds a service that can be down, a timeout that can be wrong and a release that can fail. When two runs do no harm, none of that buys anything.',
  watch:
    'Say why it is harmless: the second run writes the same result over the first. If that ever stops being true, so does this answer.',
  cost: 'Only for work that may run twice without harm.',
  verdicts: {
    refuse: {
      condition: no('The resource can refuse for the price of one condition, so take that.'),
      unique: no('The resource can refuse for the price of one key, so take that.'),
      repeat: no('The resource recognises repeats already, so use it.'),
      no: yes('Nothing refuses the second request, so both take effect.'),
    },
    harm: {
      nothing: yes('Both taking effect costs next to nothing, so there is nothing to protect.'),
      waste: no('Duplicates cost you work, so something should make them rare.'),
      wrong: no('Duplicates end in wrong data, so they are not harmless.'),
    },
  },
  alternatives: [
    {
      id: 'redis',
      when: 'When duplicates become expensive, though still not wrong: then a best-effort lock makes them rare.',
    },
  ],
  lesson: 'alternatives',
  demo: {
    id: 'seat-14a-two',
    shows: 'Two requests and no lock. Here both writes count; ask yourself whether yours do.',
  },
  blanks: {
    lock: 'none',
    reason: 'one too many is cheap and harmless, so nobody has to be alone',
  },
  cites: ['kleppmann'],
};

export const conditionalUpdate: Candidate = {
  id: 'conditional-update',
  title: 'No lock: one conditional update',
  name: 'Conditional update',
  say: 'I put the condition into the write, UPDATE … WHERE available = true, and look at the row count: one row means I won, none means I lost.',
  because:
    'The database checks and changes in one atomic step. There is no gap between read and write in which a second request could slip in, and no holder that could crash or pause.',
  watch:
    'Look at the row count and tell the loser. The condition must be in the write itself; a read beforehand only makes the message friendlier. When a retry could be your own lost reply, check whether the row already carries your id.',
  cost: 'Needs an existing row and one condition that decides.',
  verdicts: {
    refuse: {
      condition: yes('One condition decides, and the database checks it in the same step as the write.'),
      unique: worse('There is no row yet to put a condition on; a key that may exist once refuses the second insert.'),
      repeat: worse('A condition stops a rival. It does not give the same request the same answer again.'),
      no: worse('No single condition decides, as far as you see. If you find one, it beats every lock on this page.'),
    },
    guarded: {
      rows: yes('A row can compare before it changes.'),
      external: no('The thing you change is not a row of yours.'),
      file: no('A file has no `WHERE`; its counterpart is a conditional put.'),
      role: worse('A condition wins one write. A leader needs a right that lasts and ends by itself.'),
      job: worse('Works on a last-run column, but a row for each run also records which runs happened.'),
      counter: worse('A counter needs no condition to win, only an addition that loses nothing.'),
    },
    crowd: {
      few: yes('With few rivals on a row, losing is rare and waiting is short.'),
      flood: worse('Still correct, but all of them queue for one row, one transaction at a time.'),
    },
    scope: {
      outside: no('A condition in the database decides nothing about the steps outside it.'),
    },
    regions: {
      many: worse('The condition is checked only in the region of the primary; every write has to go there first.'),
    },
  },
  alternatives: [
    {
      id: 'select-for-update',
      when: 'When the logic between reading and writing does not fit into one statement.',
    },
  ],
  lesson: 'alternatives',
  demo: {
    id: 'seat-14a',
    shows: 'What the condition prevents: 47 requests read “available” before the first one writes.',
  },
  blanks: {
    lock: 'conditional-update',
    reason: 'the row itself refuses the second writer in one atomic step, so no holder can crash or pause',
    fencing: 'not-needed',
  },
  cites: ['mysql-wl8919', 'acidrain', 'derived'],
};

export const escrow: Candidate = {
  id: 'escrow',
  title: 'No lock: split the stock into shares',
  name: 'Escrow, a split counter',
  say: 'For one hot stock count I split it into shares, let each server sell from its own share with a conditional update, and rebalance when a share runs low.',
  because:
    'A single hot row allows one writer at a time. With ten shares there are ten rows, each sale still checks its own share, and the sum can never go below zero.',
  watch:
    'The last few units are the hard part: one share is empty while another still has stock. Say how you rebalance, and that nobody is told “sold out” before all shares are empty.',
  cost: 'Shares to rebalance; worth it only when one row is the bottleneck.',
  verdicts: {
    refuse: {
      condition: yes('Each share refuses the sale that would take it below zero.'),
      unique: worse('A key that may exist only once cannot be divided into shares.'),
      repeat: worse('Splitting spreads rivals. It does nothing about the same request coming twice.'),
    },
    harm: {
      waste: worse('It splits a countable stock, and duplicated work is not a stock.'),
    },
    guarded: {
      rows: yes('A stock is countable, and what can be counted can be split.'),
      external: no('There is no stock of yours to split.'),
      file: no('A file cannot be divided into shares that add up.'),
      role: no('There is one role; it cannot be shared out.'),
      job: no('A run happens once; there is nothing to divide.'),
      counter: worse('One atomic counter first. Local shares come when that counter is the bottleneck.'),
    },
    crowd: {
      few: worse('One row can serve this many, so shares would only add rebalancing.'),
      flood: yes('Thousands want one row, so give them many.'),
    },
    scope: {
      one: worse('It splits a stock that can be counted. Your rule is more than a count.'),
      outside: worse('It splits a stock inside one database. Your steps leave it.'),
    },
  },
  alternatives: [
    {
      id: 'queue',
      when: 'When buyers may be told “accepted” and learn the result a little later.',
    },
  ],
  lesson: 'alternatives',
  demo: {
    id: 'seat-14a-locked',
    shows: 'Why a lock does not help a hot row: it is correct, and everybody waits for one holder.',
  },
  blanks: {
    lock: 'conditional-update',
    reason: 'one hot row serves one writer at a time, so each server sells from its own share of the stock',
    fencing: 'not-needed',
  },
  cites: ['escrow', 'derived'],
};

export const uniqueConstraint: Candidate = {
  id: 'unique-constraint',
  title: 'No lock: a unique constraint',
  name: 'Unique constraint',
  say: 'A unique constraint on (flight, seat) makes the second insert fail, so the database itself keeps the rule and I turn the error into “already taken”.',
  because:
    'At most one of something is exactly what a unique index enforces, in every code path and for every service that ever writes to the table.',
  watch:
    'Keep the rule in the database and not in application code that looks first and inserts afterwards: two requests can both look, find nothing, and insert.',
  cost: 'Only for rules of the form “at most one of these”.',
  verdicts: {
    refuse: {
      condition: worse('The row exists already, and a condition on it is shorter than a second table with a key.'),
      unique: yes('“At most one of these” is exactly what a unique key says.'),
      repeat: worse('The key refuses a repeat, but the caller also wants the first answer again.'),
      no: worse('No key expresses the rule, as far as you see. If one does, the database keeps it for you.'),
    },
    guarded: {
      rows: yes('The database checks the key in the same step as the insert.'),
      external: no('A key in your database alone cannot tell whether the outside call took effect.'),
      file: no('A file system or object store has no such constraint; it has create-if-absent.'),
      role: no('A key never expires, so the role would stay with an instance that has died.'),
      job: worse('Right idea; for jobs the key is the pair of job and scheduled time.'),
      counter: no('A counter has no second one to refuse.'),
    },
    row: {
      several: worse('The rule spans many rows, so no single key expresses it.'),
    },
    scope: {
      outside: no('The constraint ends where the database ends.'),
    },
  },
  alternatives: [
    {
      id: 'conditional-update',
      when: 'When the rows exist beforehand, such as one for each seat: then update the row under a condition.',
    },
  ],
  lesson: 'alternatives',
  demo: {
    id: 'seat-14a',
    shows: 'What the constraint prevents: every request that looked first believed that it was alone.',
  },
  blanks: {
    lock: 'unique-constraint',
    reason: 'the database refuses the second insert, whichever service or code path it comes from',
    fencing: 'not-needed',
  },
  cites: ['pg-locking', 'litehq', 'adhoc-txn'],
};

export const uniqueRun: Candidate = {
  id: 'unique-run',
  title: 'No lock: one record for each job and scheduled time',
  name: 'Unique run record',
  say: 'Each instance tries to insert (job, scheduled time); the one whose insert succeeds runs the job, and the job is idempotent or resumable in case that one dies halfway.',
  because:
    'A lock says who may run now. A record says whether this run has happened. A short job under a perfect lock can still run twice when the clocks of two hosts differ by more than the job takes.',
  watch:
    'Decide what a half-finished run means: skip it or run it again. Record the start and the end, and say which of the two errors you prefer for this job.',
  cost: 'A durable row for each run.',
  verdicts: {
    refuse: {
      condition: yes('The store refuses a second record for the same scheduled time.'),
      unique: yes('The pair of job and scheduled time may exist only once.'),
      repeat: yes('A second start for the same scheduled time is a repeat, and the record shows it.'),
      no: yes('Nothing refuses the second run yet. The record gives you something that does.'),
    },
    harm: {
      waste: yes('One insert is cheaper than the work it saves.'),
      wrong: yes('The record still stands after the job has ended, when a lock would be free again.'),
    },
    guarded: {
      rows: no('There is no schedule to name the record after.'),
      external: no('There is no schedule to name the record after; an idempotency key plays this part.'),
      file: no('There is no schedule to name the record after.'),
      role: no('A role lasts; it is not a run with a time.'),
      job: yes('A scheduled time is a name that all instances agree on without asking each other.'),
      counter: no('There is no run to record.'),
    },
    run: {
      kubernetes: worse(
        'The cluster can start the job once for you, nearly always; for a harmless duplicate that is enough.',
      ),
      redis: worse(
        'A key that names the scheduled time does nearly the same where you are, as long as a duplicate is harmless.',
      ),
      sql: yes('The table is where you already are.'),
      etcd: yes('A transaction that creates the key only if it is absent does the same there.'),
      zookeeper: yes('A node created once under the scheduled time does the same there.'),
      spanner: yes('The primary key does it, in every region.'),
      other: yes('Any store with a unique key will do.'),
    },
  },
  alternatives: [
    {
      id: 'queue',
      when: 'When runs are long and may start late: put each run into a queue once, and let one consumer take it.',
    },
  ],
  lesson: 'use-cases',
  demo: { id: 'seat-14a-two', shows: 'Two instances that both look first and then act: both run.' },
  blanks: {
    lock: 'unique-constraint',
    reason:
      'the pair of job and scheduled time exists only once, also after the job has ended and on hosts whose clocks differ',
    fencing: 'not-needed',
  },
  cites: ['sre-cron', 'k8s-cronjob', 'derived'],
};

export const atomicCounter: Candidate = {
  id: 'atomic-counter',
  title: 'No lock: an atomic counter',
  name: 'Atomic counter',
  say: 'I increment and set the expiry in one atomic step, such as a small Lua script in Redis, and let the request through while the result is within the limit.',
  because:
    'The race is between reading the count and writing it back. An atomic increment has no such gap, while a lock would make every request wait for every other.',
  watch:
    'Set the expiry in the same step as the first increment, or a crash in between leaves a counter that never resets. Say whether you let requests through when the counter is down.',
  cost: 'Only for adding and comparing numbers.',
  verdicts: {
    refuse: {
      repeat: worse('It adds again when the same event comes again. Your counter has to recognise the event.'),
    },
    harm: {
      waste: yes('A slightly wrong count would do, and an atomic one costs no more.'),
      wrong: yes('No increment is lost, because reading and writing are one step.'),
    },
    guarded: {
      rows: no('What you protect is more than a number to add to.'),
      external: no('An outside effect cannot be added up.'),
      file: no('A file is replaced, not added to.'),
      role: no('A role is not a number.'),
      job: no('A run is not a number.'),
      counter: yes('Increments can be taken in any order, so nobody has to be alone.'),
    },
  },
  alternatives: [
    {
      id: 'escrow',
      when: 'When one counter is too hot or too far away: give each server a share of the limit.',
    },
  ],
  lesson: 'use-cases',
  demo: { id: 'seat-14a-two', shows: 'Read, compare, write back: the race that an atomic increment does not have.' },
  blanks: {
    lock: 'atomic-counter',
    reason: 'an atomic increment with its expiry in the same step loses nothing and makes nobody wait',
    fencing: 'not-needed',
  },
  cites: ['gitlab-285352', 'github-ratelimit', 'derived'],
};

export const idempotencyKey: Candidate = {
  id: 'idempotency-key',
  title: 'No lock: an idempotency key and a state machine',
  name: 'Idempotency key',
  say: 'One key for each intent, stored with a unique constraint in our own database and sent to the provider; state changes are conditional, so a retry finds the first result instead of charging again.',
  because:
    'The danger is a retry after a lost reply, and a lock is blind to that: the first holder has finished, the lock is free, and the second charge goes through. A key makes both attempts the same request.',
  watch:
    'Make the key when the user decides and not when the call is sent, keep it through every retry, and read it from the primary: notes on Airbnb’s system tell of a duplicate payment after a read from a lagging replica. Reconcile what stays unknown.',
  cost: 'Every request needs a key and a stored result.',
  verdicts: {
    refuse: {
      condition: worse('A condition stops a rival here. A key is for the same request coming twice.'),
      unique: yes('The key is the thing that may exist only once.'),
      repeat: yes('It recognises the request by its key and answers as it did the first time.'),
      no: worse('Nothing on the other side recognises a repeat. If it does accept a key, send one.'),
    },
    guarded: {
      rows: yes('Key, result and data commit in one transaction.'),
      external: yes('A charge cannot be taken back by a lock, but a second charge with the same key does nothing.'),
      file: worse('The object’s own name or version can serve as the key.'),
      role: no('A role is not a request that can be repeated.'),
      job: worse('Right idea; for jobs the scheduled time is the key.'),
      counter: yes('The table of handled event ids and the count commit together.'),
    },
    harm: {
      waste: worse('It stores a result for each request, to save work that may be repeated.'),
    },
  },
  alternatives: [
    {
      id: 'state-machine',
      when: 'When the other side does not accept a key: then your own record is the claim, and you look up what happened before you try again.',
    },
    {
      id: 'atomic-counter',
      when: 'When an event counted twice now and then does not matter.',
    },
  ],
  lesson: 'alternatives',
  demo: {
    id: 'slow-packet',
    shows: 'A request that is already under way arrives after the lock has gone. No lock calls it back.',
  },
  blanks: {
    lock: 'idempotency-key',
    reason: 'a retry after a lost reply is the danger, and the key makes both attempts the same request',
    fencing: 'not-possible',
    notes:
      'Our own database keeps a unique row for each key, and state changes are conditional. What stays unknown is reconciled.',
  },
  cites: ['stripe', 'airbnb', 'twilio'],
};

export const conditionalPut: Candidate = {
  id: 'conditional-put',
  title: 'No lock: a conditional put',
  name: 'Conditional put (ETag)',
  say: 'I read the object with its ETag and write back with If-Match, or create it with If-None-Match; a 412 means somebody was faster, so I read again.',
  because:
    'The store compares the version and replaces the object in one step. A writer that slept through a change is refused, however long it slept.',
  watch:
    'An ETag tells equal from different, not older from newer, and equal content can bring an old ETag back. Put a version or a random id into the body so that no two versions look alike.',
  cost: 'Covers one object at a time.',
  verdicts: {
    refuse: {
      condition: yes('`If-Match` is that condition: replace only the version I have read.'),
      unique: yes('`If-None-Match: *` creates the object only if it does not exist.'),
      repeat: yes('The same upload under the same name finds the object there already.'),
      no: no('The store would take both. If it does offer `If-Match`, this is the answer.'),
    },
    guarded: {
      rows: no('Rows have conditions of their own; an ETag is for objects.'),
      external: yes('A service that takes `If-Match` compares for you.'),
      file: yes('An object store compares the version before it replaces.'),
      role: no('It decides one write. A role needs a right that lasts.'),
      job: worse('An object for each run would do, but a row is easier to look up.'),
      counter: worse('Every increment would read and rewrite the whole object.'),
    },
  },
  alternatives: [
    {
      id: 'redis',
      when: 'When conflicts are frequent and the work before each write is expensive: a best-effort lock in front saves attempts, and the condition stays.',
    },
  ],
  lesson: 'alternatives',
  demo: {
    id: 'pause-no-fence',
    shows: 'What the condition prevents: a writer sleeps, wakes up, and writes over the newer version.',
  },
  blanks: {
    lock: 'conditional-update',
    reason: 'the store compares the version and replaces the object in one step, so a late writer is refused',
    fencing: 'not-needed',
  },
  cites: ['s3-cond', 'tf-s3', 'delta-rs-4482'],
};
