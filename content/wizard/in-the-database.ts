// Candidates that live where the data lives: row locks, serializable transactions, advisory locks, reservations, and what
// becomes of them across regions. Their strength is that lock and data commit together; it ends where the database ends.

import { type Candidate, no, type Verdicts, worse, yes } from '#lib/wizard/tree.ts';

/** What speaks against a lock that lasts as long as a transaction, whichever of them it is. */
const notARow = {
  external: no('A transaction cannot take back a call that has left the database.'),
  file: no('A lock in a database does not stop a write to a file.'),
  role: no('A leader would have to keep one transaction open for as long as it leads.'),
  job: worse('The lock is free again once the job ends, and a host with a slower clock then runs it once more.'),
  counter: no('A lock makes every request wait for one row that could simply be added to.'),
} as const;

const alreadyRefused: Verdicts['refuse'] = {
  condition: worse('The condition alone decides. A lock around it is held for a round trip and changes nothing.'),
  unique: worse('It cannot lock a row that does not exist yet, and the key refuses the second insert anyway.'),
  repeat: worse('It stops two at once. The same request coming back later would act again.'),
};

export const selectForUpdate: Candidate = {
  id: 'select-for-update',
  title: 'SELECT … FOR UPDATE, in the transaction that writes',
  name: 'SELECT … FOR UPDATE',
  say: 'The data is in one database, so I lock the row with SELECT … FOR UPDATE and write in the same transaction; a paused client is either still holding the lock or was aborted, so no fencing token is needed.',
  because:
    'Lock and data commit together. A holder that loses its lock loses its transaction with it, so there is no late write to fence. Row locks scale with the number of rows; only a hot row and long transactions hurt.',
  watch:
    'Take several rows in one global order, set a lock timeout, and let no person or network call stand between BEGIN and COMMIT. A host that vanishes silently keeps its locks until keepalive notices, so set those timeouts too. The protection ends with the first effect outside the database.',
  cost: 'Keeps a row and a connection busy until the commit.',
  verdicts: {
    refuse: alreadyRefused,
    harm: {
      waste: worse('It would keep a transaction open through work that lasts long and may be repeated.'),
      wrong: yes('It guards data, and it commits with the data.'),
    },
    guarded: { rows: yes('The thing to protect is what the database can lock.'), ...notARow },
    scope: {
      one: yes('Everything happens inside the transaction that holds the lock.'),
      outside: no('The lock ends with the transaction, and the steps outside are not part of it.'),
    },
    regions: {
      one: yes('One primary server keeps the lock table, and everybody is near it.'),
      global: worse('Such a database finds the conflict by itself; its row locks only reduce retries.'),
      many: no('The lock lives in the primary’s region, and the others would wait across an ocean or not see it.'),
    },
    hold: {
      moment: yes('The lock is held for one short transaction.'),
      think: no('Nobody should keep a transaction open while a person types a card number.'),
    },
    row: {
      one: yes('There is a row to lock.'),
      several: no('It locks only rows that exist, so it cannot keep a rule over rows not inserted yet.'),
      none: no('There is no row to lock.'),
    },
  },
  alternatives: [
    {
      id: 'conditional-update',
      when: 'When you can write the decision as one condition after all: shorter, and nothing is held across a round trip.',
    },
  ],
  lesson: 'options',
  demo: {
    id: 'pause-no-fence',
    shows:
      'What the shared transaction prevents: a lease in another system runs out, and the old holder writes anyway.',
  },
  blanks: {
    lock: 'sql',
    reason: 'lock and data commit in one transaction, so a paused holder cannot write late',
    fencing: 'not-needed',
  },
  cites: ['pg-locking', 'pg-conn', 'mysql-wl8919', 'derived'],
};

export const serializable: Candidate = {
  id: 'serializable',
  title: 'A serializable transaction, retried when it is aborted',
  name: 'Serializable transaction',
  say: 'The rule spans rows that may not exist yet, so I run the transaction as serializable; the database finds the conflict and aborts one of us, and I retry.',
  because:
    'You cannot lock what is not there. A serializable database notices that two transactions together break what each alone would keep, and lets only one commit.',
  watch:
    'Retrying is part of the design: the whole transaction again, from its first read. Nothing may leave the database before the commit, or a retry does it twice.',
  cost: 'Aborted transactions have to be retried.',
  verdicts: {
    refuse: alreadyRefused,
    harm: {
      waste: worse('It would keep a transaction open through work that lasts long and may be repeated.'),
    },
    guarded: { rows: yes('All the rows are visible to one database.'), ...notARow },
    scope: {
      one: yes('The database sees every read and every write of both.'),
      outside: no('It sees conflicts inside the database only.'),
    },
    regions: {
      one: yes('One primary server judges all of them.'),
      global: worse('A database that commits across regions gives you this in every region.'),
      many: no('Only the primary judges conflicts, so a write elsewhere is not judged.'),
    },
    hold: {
      moment: yes('Short transactions rarely meet, so few are aborted.'),
      think: no('A transaction that waits for a person is nearly sure to be aborted.'),
    },
    row: {
      one: worse('With one row that both touch, a row lock waits where this would abort and retry.'),
      several: yes('It keeps a rule over many rows, also over rows that do not exist yet.'),
      none: no('There are no rows to conflict on.'),
    },
  },
  alternatives: [
    {
      id: 'advisory-lock',
      when: 'When too many are aborted: take one advisory lock, for instance by team, as the first statement of the transaction.',
    },
  ],
  lesson: 'alternatives',
  demo: {
    id: 'seat-14a-two',
    shows: 'Two that both look first and then write: the conflict that the database would find.',
  },
  blanks: {
    lock: 'serializable',
    reason: 'the rule spans rows that may not exist yet, and the database aborts one of two transactions that break it',
    fencing: 'not-needed',
    notes: 'When it is aborted I retry the whole transaction, from its first read.',
  },
  cites: ['pg-locking', 'adhoc-txn', 'derived'],
};

export const advisoryLock: Candidate = {
  id: 'advisory-lock',
  title: 'An advisory lock in the database you have',
  name: 'Advisory lock',
  say: 'There is no row to lock and the database is already there, so I take an advisory lock by name, inside the transaction where I can, and it goes when the transaction or the connection ends.',
  because:
    'It names anything, a migration or a tenant, without a row. No new service is needed, and the crash of a process releases it at once because its connection closes.',
  watch:
    'Prefer the transaction’s own kind, pg_advisory_xact_lock. A session lock breaks behind a pooler that hands out connections by transaction, and a host that disappears without closing its connection can keep it for a long time.',
  cost: 'Lives as long as one connection; nobody but your own code honours it.',
  verdicts: {
    refuse: alreadyRefused,
    harm: {
      waste: yes('It makes duplicate work rare without adding a service.'),
    },
    guarded: {
      rows: yes('The name of the row’s owner, such as a tenant, serves as the lock’s name.'),
      external: yes('It stands for the outside work by name, which is enough to avoid doing it twice.'),
      file: yes('It stands for the file by name, which is enough to avoid rewriting it twice.'),
      role: worse('A leader would keep one connection open for as long as it leads, and a pooler may take that away.'),
      job: notARow.job,
      counter: notARow.counter,
    },
    scope: {
      one: yes('Taken inside the transaction, it commits and ends with the data.'),
      outside: no('It ends with the connection, and the steps outside go on.'),
    },
    regions: {
      one: yes('One primary server keeps the lock table.'),
      global: no('It lives in one primary server, and you have several regions.'),
      many: no('It lives in the primary’s region only.'),
    },
    hold: {
      moment: yes('It is held for one transaction.'),
      think: no('It would keep a connection for as long as a person thinks.'),
    },
    row: {
      one: worse('There is a row to lock, and a row lock protects it from code that forgets to ask.'),
      several: worse('It works, but it makes every transaction wait, also those that do not conflict.'),
      none: yes('It needs no row, only a name.'),
    },
    wait: {
      now: no('It ends with the connection and cannot take back a call that was sent.'),
      later: no('It ends with the connection and cannot take back a call that was sent.'),
    },
    check: {
      yes: no('It gives out no number that a resource could compare.'),
      no: no('It gives out no number, and what you write to could not compare one.'),
    },
    run: {
      kubernetes: no('You named no PostgreSQL or MySQL.'),
      sql: yes('You run it already.'),
      redis: no('You named no PostgreSQL or MySQL.'),
      etcd: no('You named no PostgreSQL or MySQL.'),
      zookeeper: no('You named no PostgreSQL or MySQL.'),
      spanner: no('It belongs to a single primary server; keep a lease row instead.'),
      other: no('You named no PostgreSQL or MySQL.'),
    },
  },
  alternatives: [
    {
      id: 'lease-row',
      when: 'When the work outlasts a connection, or a pooler hands out connections by transaction: then keep the lease in a row.',
    },
  ],
  lesson: 'options',
  demo: {
    id: 'crash-holder',
    shows: 'A holder crashes. A lease waits for its end; a closed connection frees the lock at once.',
  },
  blanks: {
    lock: 'advisory',
    reason: 'the database is already there, and there is no row to lock, only a name',
    fencing: 'not-needed',
    notes: 'I take it by name inside the transaction where I can, and it ends with the transaction or the connection.',
  },
  // Outside a transaction lock and work do not commit together, so the template's sentence about that has to go.
  blanksFor: { harm: { waste: { fencing: undefined } } },
  cites: ['pg-locking', 'pgbouncer', 'pg-conn'],
};

export const leaseRow: Candidate = {
  id: 'lease-row',
  title: 'A lease row with a token, in the database you have',
  name: 'Lease row in SQL',
  say: 'I keep the lease as a row with owner, expiry and token; taking it over adds one to the token in the same conditional update, the database’s clock decides the expiry, and every write carries the token.',
  because:
    'One statement grants the lease and numbers the grant. The token is as durable as the database, and data in the same database can compare it in the same transaction.',
  watch:
    'Use only the database’s clock. Stop working before the lease ends, and write your token into the resource before the first read. A failover to a replica that lags can bring an old token back.',
  cost: 'A lease to renew and a token to check in every write.',
  verdicts: {
    refuse: {
      repeat: yes('What you write to looks for a key already, and can be taught to compare the row’s token as well.'),
      condition: yes('What you write to can refuse an old holder, and the row’s token tells it which one is old.'),
      unique: yes('What you write to can refuse an old holder, and the row’s token tells it which one is old.'),
    },
    harm: {
      waste: worse('A token checked in every write is more than you need to save work.'),
    },
    guarded: {
      rows: yes('The row that holds the lease is beside the rows it guards.'),
      file: yes('The file’s keeper can store the token beside the file.'),
      role: yes('A lease lasts as long as the leader renews it, across connections.'),
      counter: no('A lease makes every request wait for a number that could simply be added to.'),
    },
    scope: {
      one: worse('One transaction can do all of it, so a row lock needs neither expiry nor token.'),
      outside: worse('The steps outside compare no token, so the lease stops nobody there.'),
    },
    wait: {
      now: no('A lease cannot take back a call that was sent.'),
      later: no('A lease cannot take back a call that was sent.'),
    },
    check: {
      yes: yes('The token grows with each takeover, so a lower one can be refused.'),
      no: no('Nothing compares the token, so a holder that wakes up late still writes.'),
    },
    run: {
      kubernetes: no('You named no SQL database.'),
      sql: yes('You run it already, and one conditional update grants the lease.'),
      redis: no('You named no SQL database.'),
      etcd: no('You named no SQL database.'),
      zookeeper: no('You named no SQL database.'),
      spanner: yes('The same row works there, and its transactions hold across regions.'),
      other: no('You named no SQL database.'),
    },
  },
  alternatives: [
    {
      id: 'etcd',
      when: 'When leaders change often, or waiters should be woken instead of polling: then a lease service is worth running.',
    },
  ],
  lesson: 'leases',
  demo: {
    id: 'two-pauses-fence-writes',
    shows:
      'Why the token goes into the resource before the first read: checked on writes alone, an update can still be lost.',
  },
  blanks: {
    lock: 'lease-row',
    reason: 'one conditional update, in a database we already run, grants the lease and numbers the grant',
    ttl: 30,
    heartbeat: 10,
    fencing: 'seal',
    notes: 'The clock of the database decides when the lease has expired.',
  },
  cites: ['derived', 'fpj', 'pg-sequence'],
};

export const reservation: Candidate = {
  id: 'reservation',
  title: 'A reservation in the data, confirmed by a condition',
  name: 'Reservation with expiry',
  say: 'I do not hold a lock while a person thinks: I write a reservation with an owner and an expiry, and the confirmation is a conditional update that fails if the reservation is no longer mine.',
  because:
    'Minutes are too long for a transaction, and a lease in another system can run out unnoticed. As data, the hold is visible, survives restarts, and the last step checks it again.',
  watch:
    'Confirm with a condition on owner and expiry, by the database’s clock. Authorise the payment first, confirm the seat, then capture, so that nobody pays for a seat they lost.',
  cost: 'A status, an expiry and a sweeper to keep.',
  verdicts: {
    refuse: {
      condition: worse('If nobody needs the row kept while they decide, the condition alone is enough.'),
      unique: worse('If nobody needs the place kept while they decide, the key alone is enough.'),
      repeat: worse('It keeps a place for one person. It does not recognise a repeated request.'),
    },
    harm: {
      waste: worse('It keeps something for a person. Work that may be repeated needs no such promise.'),
    },
    guarded: {
      rows: yes('The hold is a column of the row it keeps.'),
      external: no('You cannot add a status to somebody else’s system.'),
      file: no('A file has no status that others would respect.'),
      role: no('Nobody reserves a role while thinking.'),
      job: no('No person decides anything while a job runs.'),
      counter: no('There is nothing to keep for one person.'),
    },
    scope: {
      one: yes('Reserving and confirming are two short transactions.'),
      outside: worse('It keeps the row, not the steps outside.'),
    },
    regions: {
      one: yes('One clock, the primary’s, decides when a reservation has ended.'),
      global: worse('First let the database commit across regions; a reservation can then be a row in it.'),
      many: worse('First decide which region owns the row; a reservation can then be kept there.'),
    },
    hold: {
      moment: worse('Nobody has to wait, so there is nothing to reserve.'),
      think: yes('The hold outlasts any transaction and ends by itself.'),
    },
  },
  alternatives: [
    {
      id: 'conditional-update',
      when: 'When nothing has to be kept while they decide: let the first to confirm have it.',
    },
  ],
  lesson: 'use-cases',
  demo: {
    id: 'pause-no-fence',
    shows: 'What the condition at the end prevents: the hold runs out, and the late one writes all the same.',
  },
  blanks: {
    lock: 'conditional-update',
    reason: 'the hold is data with an owner and an expiry, and confirming it is a conditional update',
    fencing: 'not-needed',
  },
  cites: ['derived', 'mysql-wl8919'],
};

export const spanner: Candidate = {
  id: 'spanner',
  title: 'A transaction in the multi-region database',
  name: 'Spanner transaction',
  say: 'In a multi-region database such as Spanner I use ordinary read-write transactions: two-phase locking and Paxos keep them exclusive, and TrueTime orders the commits. I would not say “TrueTime lock”.',
  because:
    'The database already locks, replicates and detects conflicts across regions. Its transactions are serializable, so a second lock beside them would only add a lease that can run out.',
  watch:
    'Transactions may be aborted and have to be retried, and one that is idle for about ten seconds may be one of them. FOR UPDATE is not needed for correctness there; it reduces retries. Effects outside still need keys or tokens.',
  cost: 'A commit waits for a quorum of regions.',
  verdicts: {
    refuse: {
      condition: worse('One condition decides; it works there too, and needs no more than itself.'),
      unique: worse('One key decides; it works there too, and needs no more than itself.'),
      repeat: worse('A transaction does not recognise a request that comes again.'),
    },
    harm: {
      waste: worse('Work that may be repeated does not need a commit across regions.'),
    },
    guarded: {
      rows: yes('The rows are in the database that does the locking.'),
      external: no('A transaction cannot take back a call that has left the database.'),
      file: no('A transaction does not stop a write to a file.'),
      role: worse('A leader needs a lease; there it is a row that is renewed in transactions.'),
      job: worse('Its primary key can hold the run record, which is the simpler way to say it.'),
      counter: no('A commit across regions for each increment is far too dear.'),
    },
    scope: {
      one: yes('One transaction does all of it.'),
      outside: no('The steps outside are not part of its transaction.'),
    },
    regions: {
      one: worse('One region needs no quorum across regions.'),
      global: yes('It commits across the regions that write.'),
      many: worse('Your database commits in one region. Moving to one that spans them is a project of its own.'),
    },
  },
  alternatives: [
    {
      id: 'home-region',
      when: 'When waiting for a quorum of regions is too slow, and each row has a region that it belongs to.',
    },
  ],
  lesson: 'options',
  demo: {
    id: 'pause-no-fence',
    shows: 'What the transaction prevents: a lease beside the data runs out, and the old holder writes all the same.',
  },
  blanks: {
    lock: 'spanner',
    reason: 'its transactions are serializable across regions, so lock and data commit together everywhere',
    fencing: 'not-needed',
  },
  cites: ['spanner-sfu', 'spanner-tt', 'spanner-paper', 'spanner-idle'],
};

export const homeRegion: Candidate = {
  id: 'home-region',
  title: 'A home region for each row, and the lock there',
  name: 'Home region for each key',
  say: 'Each key has one home region whose primary decides; other regions send their writes there, and inside it I use a conditional update or a row lock as if there were only one region.',
  because:
    'Two primaries that each decide cannot be made one by a lock between them without a quorum on every write. Giving each row one place to decide keeps the decision local, and most writers are near home.',
  watch:
    'Say what happens when a home region is lost: moving it needs a new epoch, and the old primary must be kept from writing, or you have two. Until then its rows cannot be written.',
  cost: 'Writers away from home wait for the distance, and moving home is an operation.',
  verdicts: {
    refuse: {
      condition: worse('One condition decides already, wherever the row lives.'),
      unique: worse('One key decides already, wherever the row lives.'),
      repeat: worse('It says where a request is decided, not whether it came before.'),
    },
    harm: {
      waste: worse('Work that may be repeated does not need a region that decides.'),
    },
    guarded: {
      rows: yes('A row can carry the name of its home.'),
      external: no('You do not decide where another service keeps its data.'),
      file: worse('It says where to decide, and you still need something that decides there.'),
      role: no('One leader has one place at a time already.'),
      job: worse('The run record is simpler, and can be kept in any one region.'),
      counter: worse('Counting at home costs a trip for every request; shares for each region do not.'),
    },
    scope: {
      outside: worse('It settles where rows are decided, and your trouble is with the steps outside.'),
    },
    regions: {
      one: worse('You write from one region, so every row is at home already.'),
      global: worse('Your database decides across regions, so rows need no home for correctness.'),
      many: yes('One region decides for each row, and the others ask it.'),
    },
  },
  alternatives: [
    {
      id: 'spanner',
      when: 'When rows are written from everywhere alike and you can move to a database that commits across regions.',
    },
  ],
  lesson: 'decide',
  demo: { id: 'seat-14a', shows: 'What one place to decide prevents: two that both believe the seat is free.' },
  blanks: {
    lock: 'sql',
    reason: 'each row has one home region that decides, so the lock stays in one database',
    fencing: 'not-needed',
  },
  cites: ['derived', 'github-2018', 'spanner-paper'],
};
