// Candidates for work that no single database and no token covers: a claim recorded first, one line for each key, a door of
// one's own in front of what cannot check, and switching the old holder off.

import { type Candidate, no, worse, yes } from '#lib/wizard/tree.ts';

export const stateMachine: Candidate = {
  id: 'state-machine',
  title: 'Claim it in your own database, then act, then record',
  name: 'State machine with a claim',
  say: 'I move our own row from PENDING to SENDING with a conditional update, make the call outside any transaction, and record the result; whatever stays in SENDING is looked up at the other side before anybody tries again.',
  because:
    'Your database can refuse the second claim even when the other side refuses nothing. A crash between the call and the record leaves a visible open question instead of a silent second charge.',
  watch:
    'No network call inside a transaction. Never retry what is unknown: ask the other side first, or let a reconciliation settle it. As soon as the other side accepts an idempotency key, send one.',
  cost: 'Open cases that need a look-up or a person.',
  verdicts: {
    refuse: {
      condition: worse('What you protect refuses by itself, so a claim in front is a second bookkeeping.'),
      unique: worse('The key refuses the second one, so a claim in front is a second bookkeeping.'),
      repeat: worse('Where repeats are recognised, a retry is safe and nothing has to be looked up first.'),
    },
    harm: {
      waste: worse('A look-up for each open case is more than repeated work is worth.'),
      wrong: yes('A second effect does harm, so an unknown result is looked up and never tried again blindly.'),
    },
    guarded: {
      rows: yes('The row itself carries the state.'),
      external: yes('A row of yours stands for the call and refuses the second claim.'),
      file: no('A claim in a database does not stop a late write to the file.'),
      role: no('A role has no result that could be recorded once.'),
      job: worse('The run record is this claim in its shortest form.'),
      counter: no('A claim for each increment would cost more than the count.'),
    },
    scope: {
      one: worse('One transaction does all of it, so nothing can be left half done.'),
      outside: yes('It splits the work at the edge of the database: claim, act, record.'),
    },
    wait: {
      now: yes('The caller gets the result of the call, or is told that it is still open.'),
      later: worse('Works as well, but with time to spare a queue puts the work in order.'),
    },
  },
  alternatives: [
    {
      id: 'queue',
      when: 'When the caller can be told “accepted” and ask again: then one consumer for each key does the calls.',
    },
  ],
  lesson: 'use-cases',
  demo: {
    id: 'crash-holder',
    shows: 'A holder that dies in the middle. A lock becomes free and forgets; a claim stays and shows it.',
  },
  blanks: {
    lock: 'conditional-update',
    reason: 'our own row refuses the second claim, and an unknown result is looked up and never tried again blindly',
    fencing: 'not-possible',
    notes: 'As soon as the other side accepts an idempotency key, every attempt carries one.',
  },
  cites: ['airbnb', 'twilio', 'derived'],
};

export const queue: Candidate = {
  id: 'queue',
  title: 'No lock: a queue with one consumer for each key',
  name: 'Queue, one consumer per key',
  say: 'All commands for one key go to one partition with one consumer, so they happen in order without a lock; messages may come twice, so the consumer remembers the ids it has handled.',
  because:
    'What stands in line does not race. Rivals become an order, spikes become waiting, and a failed step is tried again in its place.',
  watch:
    'A rebalance can give one partition to two consumers for a moment, so the consumer’s writes carry its epoch or check the message id. A message can come twice: remember handled ids in the same transaction as the effect. A call to another system can still be lost in between, so look it up before you repeat it.',
  cost: 'The caller does not get its answer at once.',
  verdicts: {
    refuse: {
      condition: worse('The resource refuses in one step, and the caller has its answer at once.'),
      unique: worse('The key refuses in one step, and the caller has its answer at once.'),
      repeat: worse('Repeats are recognised already, so nothing has to stand in line.'),
    },
    harm: {
      nothing: worse('A queue orders what needs no order.'),
      waste: worse('A queue to run, where a lock that sometimes fails would do.'),
      wrong: yes('One at a time and in order leaves nothing to race for.'),
    },
    guarded: {
      rows: yes('The order’s or the account’s id serves as the key.'),
      external: yes('One consumer talks to the other side, so calls for one key go out one after the other.'),
      file: worse('One writer behind a queue works, but the file still takes a late write from an old one.'),
      role: no('Who consumes is itself the question of who leads.'),
      job: worse('A run in the queue still has to be put there only once.'),
      counter: worse('A count is wanted at once, and adding needs no order.'),
    },
    scope: {
      one: worse('One transaction answers at once; a queue answers later.'),
      outside: yes('Each step can be tried again in its place, also outside the database.'),
    },
    wait: {
      now: worse('Somebody waits for the answer, and a queue gives it later.'),
      later: yes('Nobody waits, so the work can stand in line.'),
    },
  },
  alternatives: [
    {
      id: 'state-machine',
      when: 'When you would rather not run a queue: a row with a state and a worker that claims rows does the same on a smaller scale.',
    },
  ],
  lesson: 'alternatives',
  demo: { id: 'slow-packet', shows: 'What an order prevents: a late request overtakes, without any pause at all.' },
  blanks: {
    lock: 'queue',
    reason: 'all commands for one key stand in one line with one consumer, so they cannot race',
    fencing: 'not-possible',
    notes:
      'Messages may come twice, so the consumer remembers handled ids, and its calls carry an idempotency key where the other side takes one.',
  },
  cites: ['kip-1251', 'airbnb', 'derived'],
};

export const proxy: Candidate = {
  id: 'proxy',
  title: 'A door of your own: a checking proxy in front of it',
  name: 'Checking proxy and lease',
  say: 'The store cannot check a token, so I put one small service of ours in front that can; only it may write, it keeps the highest token, and writers take a lease that numbers them.',
  because:
    'Fencing needs somebody at the resource who compares. If the resource cannot, the nearest place you control has to, and nobody may have another way in.',
  watch:
    'It is weaker than a check in the resource: a write that has left the proxy can still arrive late, so bound how long one may take, and wait that long before a new holder begins. The proxy’s own failover needs a token too.',
  cost: 'A service in the path of every write, and its own failover.',
  verdicts: {
    refuse: {
      condition: no('What you protect checks by itself and needs no door in front.'),
      unique: no('What you protect checks by itself and needs no door in front.'),
      repeat: no('What you protect recognises repeats and needs no door in front.'),
    },
    harm: {
      waste: worse('A service in the path of every write, only to save work.'),
      wrong: yes('A late write does harm, so somebody has to compare.'),
    },
    guarded: {
      rows: worse('A row can compare by itself.'),
      external: worse('A proxy can hold back a call, but it cannot know whether the last one took effect.'),
      file: yes('Every write to the file can be led through one door.'),
      role: worse('A leader acts in many places, and you would need a door in front of each.'),
      job: no('A job has no single place where a late write could be refused.'),
      counter: no('A count is atomic by itself.'),
    },
    check: {
      yes: no('The resource compares the token itself, which is stronger than a door in front.'),
      no: yes('It takes whatever arrives, so decide beforehand what arrives.'),
    },
  },
  alternatives: [
    {
      id: 'cut-off',
      when: 'When you can take away the old writer’s access for certain, for instance its mount or its machine.',
    },
  ],
  lesson: 'fencing',
  demo: {
    id: 'pause-fence-writes',
    shows: 'What the door does: it keeps the highest token and refuses the late writer.',
  },
  blanks: {
    lock: 'etcd',
    reason: 'the store cannot check, so a proxy of ours in front keeps the highest token and is the only way in',
    ttl: 30,
    heartbeat: 10,
    fencing: 'seal',
  },
  cites: ['chubby', 'kleppmann', 'derived'],
};

export const cutOff: Candidate = {
  id: 'cut-off',
  title: 'Cut the old leader off first, or wait out a lock-delay',
  name: 'STONITH or lock-delay',
  say: 'Nothing the leader writes to can check an epoch, so before a new one begins I cut the old one off for certain, by power, network or credentials; if I cannot, I wait a lock-delay longer than any write can be under way.',
  because:
    'When the resource cannot refuse, the only certainty is that the old leader can no longer reach it. Waiting helps as well, but only as far as your bound on delays holds.',
  watch:
    'Cutting off has to be confirmed and not only ordered: as GitHub’s outage of 2010 is told, the standby took over before the old server was down. Lock-delay is no certainty: Consul’s documentation says so, and Chubby’s paper is reported to. If you can put an epoch check into the storage, do that instead.',
  cost: 'Power or network control over other machines, and a slower takeover.',
  verdicts: {
    refuse: {
      condition: no('What you protect refuses the old one, so it need not be switched off.'),
      unique: no('What you protect refuses the old one, so it need not be switched off.'),
      repeat: no('What you protect refuses the old one, so it need not be switched off.'),
    },
    harm: {
      waste: worse('Switching machines off, only to save work.'),
      wrong: yes('An old leader’s write does harm, so it must be kept from writing.'),
    },
    guarded: {
      rows: worse('A row can refuse by itself; nobody has to be switched off.'),
      external: no('You cannot call back what has left for another company’s system.'),
      file: worse('Works for a shared disk, when you control every machine that mounts it.'),
      role: yes('There is one old leader, and you know which one it is.'),
      job: no('A run that has started elsewhere is not undone by switching off.'),
      counter: no('A count is atomic by itself.'),
    },
    check: {
      yes: no('The resource refuses the old one, so it need not be switched off.'),
      no: yes('Nothing refuses the old leader, so it has to be stopped before the new one begins.'),
    },
  },
  alternatives: [
    {
      id: 'proxy',
      when: 'When all that the leader writes can be led through one door: then let the door compare epochs.',
    },
  ],
  lesson: 'fencing',
  demo: { id: 'pause-no-fence', shows: 'What happens otherwise: the old holder wakes up and nothing refuses it.' },
  blanks: {
    lock: 'etcd',
    reason: 'nothing the leader writes to can refuse an old epoch, so the old one is cut off before a new one begins',
    ttl: 30,
    heartbeat: 10,
    fencing: 'not-possible',
  },
  cites: ['github-2010', 'chubby', 'consul-sessions'],
};
