// The seed page's answer template as data: the blanks a learner fills, and the paragraph they would say.
// The template is the corrected one: it has a sentence for answers that need no lock, it drops the TTL where nothing
// expires, and it says what a failed renewal does. It knows no question: a caller brings the words for the use case
// and the protected resource.

export const useCaseIds = ['booking', 'payments', 'leader', 'cron', 'rate-limit', 'file'] as const;
export type UseCaseId = (typeof useCaseIds)[number];

export const lockIds = [
  'none',
  'conditional-update',
  'unique-constraint',
  'idempotency-key',
  'atomic-counter',
  'queue',
  'sql',
  'advisory',
  'serializable',
  'spanner',
  'lease-row',
  'redis',
  'redlock',
  'zookeeper',
  'etcd',
  'k8s-lease',
] as const;
export type LockId = (typeof lockIds)[number];

export const fencingIds = ['none', 'writes', 'seal', 'not-possible', 'not-needed'] as const;
export type FencingId = (typeof fencingIds)[number];

/** What holds the second request back: nothing, a check in the resource, an order, a transaction, or a lease. */
export type LockKind = 'nothing' | 'own-check' | 'order' | 'transaction' | 'lease';

export type Blanks = {
  /** A short phrase after "For …"; the question and the wizard both bring one. */
  readonly useCase: string;
  readonly lock: LockId | null;
  readonly reason: string;
  /** Null while the blank is empty. */
  readonly ttlSeconds: number | null;
  /** Null while the blank is empty; 0 says "no renewal" on purpose. */
  readonly heartbeatSeconds: number | null;
  readonly fencing: FencingId | null;
  /** Said after the template's own sentences. */
  readonly notes: string;
};

/** What a question calls the thing to be protected, with a lower-case article: "the bookings table". */
export type Words = { readonly resource?: string };

export type BlankName = 'useCase' | 'lock' | 'reason' | 'ttl' | 'heartbeat' | 'fencing' | 'notes';

/** A stretch of the paragraph. `blank` names the blank that it came from, `open` says that the blank is still empty. */
export type Piece = { readonly text: string; readonly blank?: BlankName; readonly open?: boolean };

export const emptyBlanks: Blanks = {
  useCase: '',
  lock: null,
  reason: '',
  ttlSeconds: null,
  heartbeatSeconds: null,
  fencing: null,
  notes: '',
};

export const gap = '[…]';

type LockWords = {
  readonly label: string;
  readonly spoken: string;
  readonly kind: LockKind;
  /** Where the fencing token would come from; only for what grants something. */
  readonly token?: string;
};

export const lockWords: Readonly<Record<LockId, LockWords>> = {
  none: { label: 'Nothing at all', spoken: 'no lock at all', kind: 'nothing' },
  'conditional-update': {
    label: 'Conditional write (WHERE, ETag)',
    spoken: 'a conditional write instead of a lock',
    kind: 'own-check',
  },
  'unique-constraint': {
    label: 'Unique constraint',
    spoken: 'a unique constraint instead of a lock',
    kind: 'own-check',
  },
  'idempotency-key': { label: 'Idempotency key', spoken: 'an idempotency key instead of a lock', kind: 'own-check' },
  'atomic-counter': { label: 'Atomic counter', spoken: 'an atomic counter instead of a lock', kind: 'own-check' },
  queue: {
    label: 'Queue, one consumer per key',
    spoken: 'a queue with one consumer per key instead of a lock',
    kind: 'order',
    token: 'the generation of its partition assignment',
  },
  sql: {
    label: 'Row lock (SELECT FOR UPDATE)',
    spoken: 'a row lock in the database',
    kind: 'transaction',
    token: 'the next value of a version column',
  },
  advisory: {
    label: 'Advisory lock',
    spoken: 'an advisory lock in the database',
    kind: 'transaction',
    token: 'the next value of a version column',
  },
  serializable: {
    label: 'Serializable transaction',
    spoken: 'a serializable transaction instead of a lock',
    kind: 'transaction',
    token: 'the next value of a version column',
  },
  spanner: {
    label: 'Spanner transaction',
    spoken: 'a read-write transaction in Spanner',
    kind: 'transaction',
    token: 'the next value of a version column',
  },
  'lease-row': {
    label: 'Lease row in SQL',
    spoken: 'a lease row in the database',
    kind: 'lease',
    token: 'a number in the row that each takeover raises',
  },
  redis: { label: 'Redis (SET NX PX)', spoken: 'a Redis lock', kind: 'lease', token: 'a number from an INCR counter' },
  redlock: {
    label: 'Redlock (five Redis masters)',
    spoken: 'Redlock on five Redis masters',
    kind: 'lease',
    token: 'a number from a separate counter',
  },
  zookeeper: { label: 'ZooKeeper', spoken: 'a ZooKeeper lock', kind: 'lease', token: 'the zxid of its znode' },
  etcd: { label: 'etcd', spoken: 'an etcd lock', kind: 'lease', token: 'the revision of its key' },
  'k8s-lease': {
    label: 'Kubernetes Lease',
    spoken: 'a Kubernetes Lease',
    kind: 'lease',
    token: 'an epoch that I raise at each takeover',
  },
};

/** The select's groups, in the order in which a strong answer considers them. */
export const lockGroups: readonly { readonly label: string; readonly locks: readonly LockId[] }[] = [
  {
    label: 'No lock',
    locks: ['conditional-update', 'unique-constraint', 'idempotency-key', 'atomic-counter', 'queue', 'none'],
  },
  { label: 'Lock inside the database', locks: ['sql', 'advisory', 'serializable', 'spanner'] },
  { label: 'Lease', locks: ['lease-row', 'redis', 'redlock', 'zookeeper', 'etcd', 'k8s-lease'] },
];

export const fencingWords: Readonly<Record<FencingId, string>> = {
  writes: 'Token checked on every write',
  seal: 'Seal first, then read and write',
  'not-needed': 'Not needed: resource refuses itself',
  'not-possible': 'Not possible: nobody checks a token',
  none: 'No fencing',
};

export function lockKind(lock: LockId | null): LockKind | null {
  return lock === null ? null : lockWords[lock].kind;
}

/** 90 → "90 seconds", 120 → "2 minutes": the way one says it. */
export function sayDuration(seconds: number): string {
  const [amount, unit] =
    seconds >= 3600 && seconds % 3600 === 0
      ? [seconds / 3600, 'hour']
      : seconds >= 60 && seconds % 60 === 0
        ? [seconds / 60, 'minute']
        : [seconds, 'second'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

const wordsPerMinute = 150;

export function speakingSeconds(paragraph: string): number {
  const words = paragraph.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return Math.round((words * 60) / wordsPerMinute);
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const collapsed = (text: string) => text.replace(/\s+/g, ' ').trim();

/** "Because It is fast." → "it is fast": the reason stands in the middle of a sentence. Names keep their capital. */
function asClause(reason: string): string {
  const bare = collapsed(reason)
    .replace(/^because\b[\s,:]*/i, '')
    .replace(/[\s.,;:…!?]+$/u, '');
  return bare.replace(/^(A|An|The|It|Its|This|That|We|You|They|There|If|When|One|Two|Only|No|Each|Every)\b/, (word) =>
    word.toLowerCase(),
  );
}

/** "For booking a seat." → "booking a seat". */
const asPhrase = (useCase: string) =>
  collapsed(useCase)
    .replace(/^for\b\s*/i, '')
    .replace(/[\s.,;:…!?]+$/u, '');

function asSentence(notes: string): string {
  const text = capitalised(collapsed(notes));
  return text === '' || /[.?!…]["')\]]*$/u.test(text) ? text : `${text}.`;
}

type Part = string | Piece;
const said = (blank: BlankName, text: string | null): Piece =>
  text === null || text === '' ? { text: gap, blank, open: true } : { text, blank };

function leaseSentence(blanks: Blanks): Part[] {
  const ttl = said('ttl', blanks.ttlSeconds === null ? null : sayDuration(blanks.ttlSeconds));
  const subject: Part[] =
    blanks.lock === 'zookeeper'
      ? ['The session timeout would be ', ttl]
      : blanks.lock === 'k8s-lease' || blanks.lock === 'lease-row'
        ? ['The lease would last ', ttl]
        : ['The lock would have a TTL of ', ttl];
  if (blanks.heartbeatSeconds === 0) {
    return [...subject, ' ', said('heartbeat', 'without renewal'), ', so the work must end well before that.'];
  }
  const every = said('heartbeat', blanks.heartbeatSeconds === null ? null : sayDuration(blanks.heartbeatSeconds));
  return [...subject, ', with a heartbeat every ', every, ', and a failed renewal stops the work.'];
}

/** Why no token is needed, said for each way of getting by without one. */
function ownRefusal(lock: LockId | null, resource: string): string {
  if (lock === 'conditional-update') return 'the write itself checks that nothing has changed since I looked';
  if (lock === 'unique-constraint') return 'the second row is refused, however late it comes';
  if (lock === 'idempotency-key') return 'a repeated request gets the stored result and no second effect';
  if (lock === 'atomic-counter') return 'nobody holds anything between the read and the write';
  if (lock === 'queue') return 'one consumer handles all requests for a key in order';
  if (lock === 'serializable') return 'an aborted transaction changes nothing, and one of two that conflict is aborted';
  if (lockKind(lock) === 'transaction')
    return 'lock and data commit together, and an aborted transaction changes nothing';
  return `${resource} refuses a late write by itself`;
}

function fencingSentences(blanks: Blanks, resource: string): Part[][] {
  const { fencing, lock } = blanks;
  const mark = (text: string) => said('fencing', text);
  if (fencing === null) {
    // Without a lease, an open fencing blank is not worth a sentence with a hole.
    const leaseOrOpen = lock === null || lockKind(lock) === 'lease';
    return leaseOrOpen ? [['Against a holder that pauses and wakes up too late, ', said('fencing', null), '.']] : [];
  }
  if (fencing === 'none') return [['I would ', mark('not use fencing tokens'), '.']];
  if (fencing === 'not-needed') {
    return [['I need ', mark('no fencing token'), ` because ${ownRefusal(lock, resource)}.`]];
  }
  if (fencing === 'not-possible') {
    return [
      [
        `${capitalised(resource)} `,
        mark('cannot check a fencing token'),
        ', so a repeated request has to be harmless by itself.',
      ],
    ];
  }
  const token = lock === null ? null : (lockWords[lock].token ?? null);
  const opening: Part[] =
    token === null && lock !== null
      ? ['Each writer carries a ', mark('fencing token'), ', and ']
      : [
          'Against pauses and late packets, each grant carries a ',
          mark('fencing token'),
          ...(token === null ? [] : [`, ${token}`]),
          ', and ',
        ];
  const check: Part[] = [...opening, `${resource} rejects any write with a lower token than the highest it has seen.`];
  if (fencing === 'writes') return [check];
  return [
    check,
    [
      'A new holder ',
      mark('seals first'),
      `: it installs its token at ${resource}, and only then reads, decides and writes.`,
    ],
  ];
}

/** The paragraph in pieces, so that a page can mark what came from which blank and what is still open. */
export function pieces(blanks: Blanks, words: Words = {}): readonly Piece[] {
  const resource = words.resource ?? 'the resource';
  const kind = lockKind(blanks.lock);
  const sentences: Part[][] = [
    [
      'For ',
      said('useCase', asPhrase(blanks.useCase)),
      ", I'd use ",
      said('lock', blanks.lock === null ? null : lockWords[blanks.lock].spoken),
      ' because ',
      said('reason', asClause(blanks.reason)),
      '.',
    ],
  ];
  if (kind === 'lease' || kind === null) sentences.push(leaseSentence(blanks));
  sentences.push(...fencingSentences(blanks, resource));
  const notes = asSentence(blanks.notes);
  if (notes !== '') sentences.push([said('notes', notes)]);
  return sentences.flatMap((sentence, at) => [
    ...(at === 0 ? [] : [{ text: ' ' }]),
    ...sentence.map((part): Piece => (typeof part === 'string' ? { text: part } : part)),
  ]);
}

export function assemble(blanks: Blanks, words: Words = {}): string {
  return pieces(blanks, words)
    .map((piece) => piece.text)
    .join('');
}
