// Candidates that grant a right for a time: Redis, etcd, ZooKeeper, the Kubernetes Lease, and Redlock, which is kept to be
// judged and never comes first. All of them can be believed by two at once; those that number their grants let the
// resource refuse the old one, and only then do they guard data.

import { type Blanks, type Candidate, no, type Verdicts, worse, yes } from '#lib/wizard/tree.ts';

const noClusterNeeded: Verdicts['scope'] = {
  one: worse('Lock and data would live in two systems, with a lease between them that can run out.'),
  outside: worse('The steps outside compare no token, so the lease stops nobody there.'),
};

const cannotUnsend: Verdicts['wait'] = {
  now: no('A lease cannot take back a call that was sent, and the other side compares no token.'),
  later: no('A lease cannot take back a call that was sent, and the other side compares no token.'),
};

const uncheckedToken = no('Nothing compares the token, so a holder that wakes up late still writes.');

const tooMuchToSaveWork = worse('A token checked in every write is more than you need to save work.');

const counterIsNoLock = no('A lease makes every request wait for a number that could simply be added to.');

const leaseInARow: Partial<Blanks> = {
  lock: 'lease-row',
  reason: 'a duplicate only wastes work, and a row taken over by a conditional update makes it rare',
  notes: 'The clock of the database decides when the lease has expired.',
};

export const redis: Candidate = {
  id: 'redis',
  title: 'Redis: SET NX PX, to save work and no more',
  name: 'Redis SET NX PX',
  say: 'As an efficiency lock I use one atomic SET with NX, PX and a unique value, release it by compare-and-delete, and accept that after a pause or a failover two may hold it.',
  because:
    'It is one fast command on something you can run anywhere. It makes duplicates rare, and rare is all you need when a duplicate only costs work.',
  watch:
    'Use SET with NX and PX, not the old SETNX, which has no expiry. The value is unique to each attempt, and the release compares it. For a scheduled job put the scheduled time into the key and let it expire well after the largest clock difference. If a duplicate ever does harm, this is the wrong tool.',
  cost: 'A lease that a pause or a failover can give to two.',
  verdicts: {
    refuse: {
      condition: worse('The resource already refuses the second one. A lock in front would only save attempts.'),
      unique: worse('The key already refuses the second one. A lock in front would only save attempts.'),
      repeat: worse('Repeats are recognised already. A lock in front would only save attempts.'),
    },
    harm: {
      nothing: worse('Duplicates are harmless, so even this is more than you need.'),
      waste: yes('A duplicate costs work and nothing else, so a lock that fails now and then is good enough.'),
      wrong: no(
        'A pause, a late packet or a failover lets two act, and Redis has no ordered token to refuse one of them.',
      ),
    },
    guarded: {
      job: yes('A key named by the scheduled time also covers hosts whose clocks differ a little.'),
      counter: counterIsNoLock,
    },
    run: {
      kubernetes: worse('Kubernetes can grant one leader without another service.'),
      sql: worse('Your database can take this lock without another service.'),
      redis: yes('You run it already.'),
      etcd: worse('You run something that keeps its locks through a failover.'),
      zookeeper: worse('You run something that keeps its locks through a failover.'),
      spanner: worse('Your database can take this lock without another service.'),
      other: yes('It is the least to add for a lock that may fail now and then.'),
    },
  },
  alternatives: [
    {
      id: 'unique-run',
      when: 'When the run must be recorded, or a second run would begin to do harm.',
    },
    {
      id: 'etcd',
      when: 'When a duplicate begins to do harm: then you need a grant that survives a failover and a token that is checked.',
    },
  ],
  lesson: 'options',
  demo: {
    id: 'safe-delete',
    shows: 'Why the release compares the value: a late holder must not delete its successor’s lock.',
  },
  blanks: {
    lock: 'redis',
    reason: 'a duplicate only wastes work, so a fast lock that a pause or a failover may give to two is enough',
    ttl: 30,
    heartbeat: 10,
    // No word on fencing: a lock that only saves work needs none, and what the resource could check is the question's to say.
  },
  cites: ['redis-locks', 'redis-setnx', 'kleppmann'],
};

export const bestEffortLease: Candidate = {
  id: 'best-effort-lease',
  title: 'A lease in what you already run, to save work and no more',
  name: 'Best-effort lease',
  say: 'We already run something that grants leases, so one there keeps duplicates rare; I do not rely on it, because a holder that wakes up late still acts, and the work may be repeated.',
  because:
    'When a lock only saves work, the best one is the one that is operated already. That it survives a failover is welcome, and not what you choose it for.',
  watch:
    'Stop when a renewal fails, and keep the work repeatable. In Kubernetes take one Lease for a whole program and not one for each item; for a job, a CronJob with concurrencyPolicy Forbid does most of it, and its documentation still allows for two runs or none. The day a duplicate does harm, you need a token that somebody checks.',
  cost: 'A lease that a pause can give to two.',
  verdicts: {
    refuse: {
      condition: worse('The resource already refuses the second one. A lease in front would only save attempts.'),
      unique: worse('The key already refuses the second one. A lease in front would only save attempts.'),
      repeat: worse('Repeats are recognised already. A lease in front would only save attempts.'),
    },
    harm: {
      nothing: worse('Duplicates are harmless, so even this is more than you need.'),
      waste: yes('A duplicate costs work and nothing else, so nobody has to check a token.'),
      wrong: no('It stops nobody who wakes up late, and here a late write does harm.'),
    },
    guarded: {
      role: yes('A lease lasts for as long as the leader renews it.'),
      counter: counterIsNoLock,
    },
    run: {
      kubernetes: yes('A Lease object with the client library’s leader election is there already.'),
      sql: yes('A row with owner and expiry, taken over by a conditional update, needs no new service.'),
      redis: worse('In Redis this is one command, so say it by its name.'),
      etcd: yes('A session and a lock come with the client, and you operate the cluster already.'),
      zookeeper: yes('The lock recipe comes with the client, and you operate the ensemble already.'),
      spanner: yes('A row with owner and expiry, renewed in transactions, needs no new service.'),
      other: worse('You run nothing that grants leases yet.'),
    },
  },
  alternatives: [
    {
      id: 'unique-run',
      when: 'When the run must be recorded, or a second run would begin to do harm.',
    },
    {
      id: 'redis',
      when: 'When you take many short locks: one small Redis is quicker, and cheaper than a lease object for each.',
    },
  ],
  lesson: 'leases',
  demo: { id: 'crash-holder', shows: 'A holder crashes, and the lease frees the lock by itself.' },
  blanks: {
    lock: 'etcd',
    reason: 'a duplicate only wastes work, and a lease in what we already run makes it rare',
    ttl: 30,
    heartbeat: 10,
  },
  blanksFor: {
    run: {
      kubernetes: { lock: 'k8s-lease', ttl: 15, heartbeat: 2 },
      zookeeper: { lock: 'zookeeper' },
      sql: leaseInARow,
      spanner: leaseInARow,
    },
  },
  cites: ['kleppmann', 'clientgo-le', 'k8s-cronjob'],
};

export const etcd: Candidate = {
  id: 'etcd',
  title: 'An etcd lease, with its revision as fencing token',
  name: 'etcd lease and token',
  say: 'I take an etcd lease and send its revision as fencing token with every write; the resource refuses a lower one, because the lease alone does not stop a holder that wakes up late.',
  because:
    'Raft keeps the grant through a failover and numbers it with a revision that only grows. The grant decides who may begin; the check in the resource decides whose write counts.',
  watch:
    'Write the token into the resource before the first read, or an old write can still slip in between. Watch the session and stop before it ends. For data inside etcd itself, put the ownership check into the same transaction. A cluster restored from a snapshot can hand out lower revisions unless they are bumped. In Consul, the lock index plays the part of the revision.',
  cost: 'A cluster to run, a lease to renew, and a token to check in every write.',
  verdicts: {
    refuse: {
      condition: yes('What you write to can refuse an old holder, and the revision tells it which one is old.'),
      unique: yes('What you write to can refuse an old holder, and the revision tells it which one is old.'),
      repeat: yes('What you write to looks for a key already, and can be taught to compare the revision as well.'),
    },
    harm: {
      waste: tooMuchToSaveWork,
      wrong: yes('The lease is not trusted to guard the data; the token that the resource checks does.'),
    },
    guarded: {
      file: yes('Whatever stores the file keeps the highest revision beside it.'),
      role: yes('The revision is the leader’s epoch, and each command carries it.'),
      counter: counterIsNoLock,
    },
    scope: noClusterNeeded,
    wait: cannotUnsend,
    check: {
      yes: yes('The resource compares the revision, so a late write is refused.'),
      no: uncheckedToken,
    },
    run: {
      kubernetes: worse('The control plane’s etcd belongs to the API server. You would have to run a second one.'),
      sql: worse('Your database can keep a lease row, so a cluster more is not needed.'),
      redis: yes('Redis has no ordered token of its own, so this is what you add for the part that must be right.'),
      etcd: yes('You operate it already.'),
      zookeeper: worse('ZooKeeper gives you the same, and you operate it already.'),
      spanner: worse('Your database can keep a lease row, in every region.'),
      other: yes('You would add something in any case; this survives a failover and numbers its grants.'),
    },
  },
  alternatives: [
    {
      id: 'zookeeper',
      when: 'When your people know ZooKeeper better: its czxid takes the revision’s place.',
    },
  ],
  lesson: 'fencing',
  demo: {
    id: 'pause-fence-seal',
    shows: 'The same pause with the token checked on reads and writes: two believe, and no update is lost.',
  },
  blanks: {
    lock: 'etcd',
    reason: 'its grants survive a failover and carry a revision that the resource can check',
    ttl: 30,
    heartbeat: 10,
    fencing: 'seal',
  },
  cites: ['etcd-why', 'jepsen-etcd', 'etcd-src', 'etcd-recovery', 'consul-sessions', 'kleppmann'],
};

export const zookeeper: Candidate = {
  id: 'zookeeper',
  title: 'A ZooKeeper lock, with its czxid as fencing token',
  name: 'ZooKeeper lock and token',
  say: 'I take an ephemeral sequential node in ZooKeeper and send its czxid as fencing token; “disconnected” means stop, and the resource refuses whoever does not.',
  because:
    'You get a fair queue, a watch instead of polling, and a number ordered across the whole ensemble. The number is what guards the data, once the resource compares it.',
  watch:
    'The lock goes when the session expires, 4 to 40 seconds with the sample settings, not when the process dies. A client that is cut off learns of it late. Write the token into the resource before the first read.',
  cost: 'An ensemble to run, a session to watch, and a token to check in every write.',
  verdicts: {
    refuse: {
      condition: yes('What you write to can refuse an old holder, and the czxid tells it which one is old.'),
      unique: yes('What you write to can refuse an old holder, and the czxid tells it which one is old.'),
      repeat: yes('What you write to looks for a key already, and can be taught to compare the czxid as well.'),
    },
    harm: {
      waste: tooMuchToSaveWork,
      wrong: yes('The session is not trusted to guard the data; the token that the resource checks does.'),
    },
    guarded: {
      file: yes('Whatever stores the file keeps the highest czxid beside it.'),
      role: yes('The czxid is the leader’s epoch, and each command carries it.'),
      counter: counterIsNoLock,
    },
    scope: noClusterNeeded,
    wait: cannotUnsend,
    check: {
      yes: yes('The resource compares the czxid, so a late write is refused.'),
      no: uncheckedToken,
    },
    run: {
      kubernetes: worse('Another cluster to run beside the one you have.'),
      sql: worse('Another cluster to run; your database can keep a lease row.'),
      redis: worse('You would run an ensemble for one lock. A small etcd does the same with less.'),
      etcd: worse('Another cluster to run beside the one that does the same.'),
      zookeeper: yes('You operate it already.'),
      spanner: worse('Another cluster to run; your database can keep a lease row.'),
      other: worse('You would start from nothing, and etcd is less to start with.'),
    },
  },
  alternatives: [
    {
      id: 'etcd',
      when: 'When you are about to retire ZooKeeper: etcd’s revision takes the czxid’s place.',
    },
  ],
  lesson: 'fencing',
  demo: {
    id: 'pause-fence-writes',
    shows: 'A paused holder wakes up and its token is refused, although it still believes.',
  },
  blanks: {
    lock: 'zookeeper',
    reason: 'it gives a fair queue and a czxid that grows across the whole ensemble and can be checked',
    ttl: 30,
    heartbeat: 10,
    fencing: 'seal',
  },
  cites: ['zk-recipes', 'zk-sessions', 'zk-datamodel', 'fpj', 'kleppmann'],
};

export const k8sLease: Candidate = {
  id: 'k8s-lease',
  title: 'A Kubernetes Lease, with an epoch in every command',
  name: 'Kubernetes Lease',
  say: 'In Kubernetes I elect with a Lease object, not with the control plane’s etcd; the leader gives up after 10 seconds without a renewal, others wait 15, and every command carries the epoch because the election alone does not fence.',
  because:
    'The API server is there, its compare-and-swap decides who leads, and the client library does the timing. The margin between 10 and 15 seconds makes two leaders rare; the epoch makes an old one harmless.',
  watch:
    'leaseTransitions serves as the epoch as long as nobody deletes the Lease and each process start uses a new identity. Finish guarded work before you release.',
  cost: 'Made for one leader in a program, not for many short locks.',
  verdicts: {
    refuse: {
      condition: yes('What you write to refuses an old epoch, and the Lease says which one is current.'),
      unique: yes('What you write to refuses an old epoch, and the Lease says which one is current.'),
      repeat: yes('What you write to looks for a key already, and can be taught to compare the epoch as well.'),
    },
    harm: {
      waste: tooMuchToSaveWork,
      wrong: yes('The election keeps two leaders rare, and the epoch keeps the old one from doing harm.'),
    },
    guarded: {
      rows: worse('A Lease for each row or customer would load the API server with renewals.'),
      external: worse('A Lease for each request would load the API server with renewals.'),
      file: yes('The one that leads is the one that writes the file.'),
      role: yes('Electing one leader is what the Lease is made for.'),
      job: worse('An election says who may run the job, not whether this run has happened.'),
      counter: counterIsNoLock,
    },
    scope: noClusterNeeded,
    wait: cannotUnsend,
    check: {
      yes: yes('Storage and followers compare the epoch, so an old leader is refused.'),
      no: uncheckedToken,
    },
    run: {
      kubernetes: yes('The Lease API is part of what you run.'),
      sql: no('You named no Kubernetes.'),
      redis: no('You named no Kubernetes.'),
      etcd: no('You named no Kubernetes.'),
      zookeeper: no('You named no Kubernetes.'),
      spanner: no('You named no Kubernetes.'),
      other: no('You named no Kubernetes.'),
    },
  },
  alternatives: [
    {
      id: 'etcd',
      when: 'When you need many locks, or waiters that are woken in order: then run an etcd of your own.',
    },
  ],
  lesson: 'decide',
  demo: { id: 'pause-fence-writes', shows: 'An old leader wakes up with an old epoch, and storage refuses it.' },
  blanks: {
    lock: 'k8s-lease',
    reason: 'the Lease API is already there, and the leader gives up before the others may take over',
    ttl: 15,
    heartbeat: 2,
    fencing: 'seal',
    notes:
      'The leader gives up after 10 seconds without a renewal. At each takeover it raises an epoch with a conditional write and sends it with every command.',
  },
  cites: ['clientgo-le', 'k8s-leases', 'k8s-cronjob'],
};

export const redlock: Candidate = {
  id: 'redlock',
  title: 'Redlock on five independent Redis masters',
  name: 'Redlock',
  say: 'Redlock asks a majority of independent Redis masters; I know the debate, and I would not choose it, since it is too much for efficiency and gives no token for correctness.',
  because: 'It is here because interviewers ask about it.',
  watch: 'Independent masters, not replicas and not shards of one cluster.',
  cost: 'Five masters for what one node or one check does.',
  verdicts: {
    refuse: {
      condition: worse('Five masters in front of something that refuses by itself.'),
      unique: worse('Five masters in front of a key that refuses by itself.'),
      repeat: worse('Five masters in front of something that recognises repeats by itself.'),
    },
    harm: {
      nothing: worse('Five masters for duplicates that do no harm.'),
      waste: worse('For saving work one Redis node is enough; five masters are much to run for a lock that may fail.'),
      wrong: no('It gives out no fencing token, and pauses and clock jumps can still let two act.'),
    },
    guarded: { counter: counterIsNoLock },
  },
  alternatives: [{ id: 'redis', when: 'When a duplicate only costs work: one node is enough for that.' }],
  lesson: 'redlock',
  demo: { id: 'pause-no-fence', shows: 'A pause that a majority cannot prevent.' },
  blanks: {
    lock: 'redlock',
    reason: 'a majority of independent masters decides',
    ttl: 30,
    heartbeat: 10,
    fencing: 'none',
  },
  cites: ['redis-locks', 'kleppmann', 'antirez'],
  never: true,
};
