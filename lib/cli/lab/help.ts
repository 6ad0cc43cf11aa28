// What `--help` says.
import { backends, faultKinds, properties } from '#lib/lock/index.ts';

export const HELP = `npm run lab -- COMMAND

  list                          scenarios, locks, faults and properties
  check SCENARIO [--property P] search every schedule of a scenario for one that breaks what it claims
  check --lock LOCK …           the same for the standard experiment: clients that each add one, or book, under a lock
  run SCENARIO | --lock LOCK …  one run, step by step: quiet, or with --seed N, or by --script
  matrix                        every lock against every fault, with and without fencing

  --json                        for machines
  --property P                  ${properties.map(({ id }) => id).join(', ')}
  --timing                      every-ms (default), corners or earliest: which instants are tried
  --max-states N                give up after so many states; the verdict is then "unknown"

The standard experiment (times in virtual milliseconds; one of them stands for whatever you like):
  --lock LOCK                   ${Object.keys(backends).join(', ')}
  --clients 2  --ttl 30  --hold 5  --network 1-2  --patience forever|N  --within N
  --task add|book               add one to a number, or take a seat if it is free (usual for no-double-effect)
  --renew none|third|N          keep the lease or session alive
  --release safe|blind          compare before deleting, or not
  --fence none|writes|reads-and-writes|compare
  --recheck yes|no              look at the clock just before the write
  --stagger N                   each client begins N later than the one before it
  --margin N                    stop when no more than N is left of the lease
  --on-lost stop|ignore         what a client does on hearing that its lock is lost
  --bound N                     the resource refuses a write that was under way for longer
  --fault KIND:N[@NODE][=LENGTH]  at most N of ${faultKinds.join(', ')};
                                several nodes as pause:1@A,B: any of them may be struck; a clock's rate as clockRate:1@redis=3/2;
                                partition, loss, delay and duplicate also as KIND-in or KIND-out
  --option NAME=VALUE           any other knob of the lock: replicas=5, elapsedCheck=false, data=outside, lockDelay=30,
                                idleTimeout=forever, … (sql with data=outside ends a session that idles for one ttl, unless
                                idleTimeout says otherwise)

  --seed N                      a repeatable random run
  --script "…"                  a JSON list of moves, as check --json prints it, or one a line`;
