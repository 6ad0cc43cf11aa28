// The DynamoDB lock client stores a length and no instant. Whoever waits counts that length by its own clock, from when it first
// saw this version of the record. So no clock has to agree with another, and a dead holder costs a whole lease from then on.
import type { Scenario } from '#lib/lock/index.ts';
import { PLAIN, standard } from './programs/standard.ts';

export const dynamodbOwnClock: Scenario = standard(
  {
    ...PLAIN,
    lock: 'dynamodb',
    faults: [
      { kind: 'crash', atMost: 1 },
      { kind: 'clockJump', atMost: 1 },
    ],
  },
  {
    id: 'dynamodb-own-clock',
    title: 'DynamoDB: each waiter counts by its own clock',
    lesson: 'options',
    point:
      'The holder dies and a clock jumps, the server’s or a client’s, and B still waits a whole lease by its own clock from when it saw the record.',
    expect: { 'one-believer': 'holds', 'no-lost-update': 'holds', 'somebody-finishes': 'holds' },
    states: 1164,
    script: [
      'A: acquire',
      'B: acquire',
      'deliver A→dynamodb: GetItem lock',
      'deliver B→dynamodb: GetItem lock',
      'deliver dynamodb→A: no item',
      'deliver dynamodb→B: no item',
      'deliver A→dynamodb: PutItem lock A1 if none',
      'deliver B→dynamodb: PutItem lock B1 if none',
      'deliver dynamodb→A: OK',
      'deliver dynamodb→B: ConditionalCheckFailed',
      'A: read',
      'deliver A→store: read',
      'deliver store→A: value 0',
      'crash A',
      'timer B: ask again',
      'deliver B→dynamodb: GetItem lock',
      'deliver dynamodb→B: item of A1 rvn A1',
      'set the clock of dynamodb forward 60 ms',
      'timer B: ask again',
      'deliver B→dynamodb: GetItem lock',
      'deliver dynamodb→B: item of A1 rvn A1',
      'timer B: ask again',
      'deliver B→dynamodb: GetItem lock',
      'deliver dynamodb→B: item of A1 rvn A1',
      'deliver B→dynamodb: PutItem lock B1 if rvn A1',
      'deliver dynamodb→B: OK',
      'B: read',
      'deliver B→store: read',
      'deliver store→B: value 0',
      'B: work',
      'B: still mine?',
      'B: write',
      'deliver B→store: write 1',
      'deliver store→B: written 1',
      'B: release',
      'deliver B→dynamodb: DeleteItem lock if B1.1',
      'deliver dynamodb→B: deleted',
    ],
  },
);
