/*
 * A second opinion on the lease lock, for Spin: one lock server that grants leases (SET key value NX PX ttl), clients that add one to a number under it, and a client that may stop for a while. Written from the
 * protocol as Redis documents it and from Kleppmann's account of what a pause does to it; it shares no line and no idea of
 * time with our engine. Time is a tick of one millisecond, and everything that waits counts down.
 *
 * Left out: lost messages, crashes, clocks that disagree. No client gives up on a server, so that there is never more than
 * one message between it and the servers: a question or its answer.
 *
 * Settings, each by -DNAME=value; what is left out is set as below.
 *   CLIENTS   2 or 3
 *   PAUSES    how many pauses there may be in all
 *   PAUSABLE  they may strike the first so many clients. Clients are alike, so with one pause, one client says it all.
 *   FENCE     0 nothing is checked, 1 tokens are checked on writes, 2 on reads and writes: a read seals
 *   RELEASE   0 by compare-and-delete, 1 by a bare DEL, which does not ask whose the lock is
 *   PROPERTY  which claim is checked; numbers below. Its bookkeeping is compiled in for this claim only.
 *   and the lengths of time, in milliseconds, each below 255. A message takes from SOONEST to LATEST.
 */
#define NOTHING          0
#define ONE_BELIEVER     1
#define NO_STALE_WRITE   2
#define NO_LOST_UPDATE   3
#define OWNER_RELEASES   4
#define NOBODY_FINISHES  5 /* to be refuted: else the claims above might hold because nothing happens */

#ifndef CLIENTS
#define CLIENTS 2
#endif
#ifndef PAUSES
#define PAUSES 0
#endif
#ifndef PAUSABLE
#define PAUSABLE CLIENTS
#endif
#ifndef FENCE
#define FENCE 0
#endif
#ifndef RELEASE
#define RELEASE 0
#endif
#ifndef PROPERTY
#define PROPERTY NOTHING
#endif
#ifndef TTL
#define TTL 30      /* how long a lease lasts */
#endif
#ifndef SOONEST
#define SOONEST 2
#endif
#ifndef LATEST
#define LATEST 3
#endif
#ifndef WORK
#define WORK 2
#endif
#ifndef RETRY
#define RETRY 30    /* between two attempts at a lock that somebody else holds */
#endif
#ifndef PATIENCE
#define PATIENCE 60 /* no attempt begins later than this after the first */
#endif
#ifndef PAUSE
#define PAUSE 60    /* how long a pause lasts */
#endif

#define NOBODY   CLIENTS
#define NEVER    255 /* longer than anything, and not counted down */

/* ---- the state ------------------------------------------------------------------------------------------------- */

mtype = { none, set, del, read, write, ok, nil, deleted, value, written, refused };

typedef Message {
  mtype what;      /* none: nothing is under way */
  byte due;        /* it arrives when at most this time has passed, and at least LATEST - SOONEST less */
  byte token;
  byte number
};
Message wire[CLIENTS];

/* Clients. Each has one clock, its own, and reads it only through the deadlines that it has set by it. */
byte nap[CLIENTS];      /* until it runs its next line: 0 is now, NEVER while it waits for an answer or is over */
byte lease[CLIENTS];    /* until its lease ends, counted from before it asked */
byte patience[CLIENTS];
byte pause[CLIENTS];    /* until it wakes up; 0 when it is awake */
bool over[CLIENTS];

/* The lock server. */
byte holder = NOBODY;
byte expiry;            /* until the record is dropped */
byte counter;           /* the last token given out */

/* The store. */
byte stored;
#if FENCE > 0
byte seen;              /* the highest token that it has checked */
#endif

byte pauses_left = PAUSES;

/* What only the claim needs to know. */
#if PROPERTY == ONE_BELIEVER
byte believers;
#define begins_to_believe believers++; assert(believers <= 1)
#define stops_believing   believers--
#else
#define begins_to_believe skip
#define stops_believing   skip
#endif

#if PROPERTY == NO_STALE_WRITE
byte newest;            /* the highest token of an accepted write */
#define write_accepted(t) assert(t >= newest); newest = t
#elif PROPERTY == NO_LOST_UPDATE
byte accepted;          /* increments that the store said yes to */
#define write_accepted(t) accepted++; assert(stored == accepted)
#else
#define write_accepted(t) skip
#endif

#if PROPERTY == OWNER_RELEASES
#define deletes_anothers assert(false)
#else
#define deletes_anothers skip
#endif

#if PROPERTY == NOBODY_FINISHES
#define has_finished assert(pauses_left > 0)
#else
#define has_finished skip
#endif

/* ---- messages -------------------------------------------------------------------------------------------------- */

#define is_question(m) (m == set || m == del || m == read || m == write)
#define has_come(c)    (wire[c].what != none && wire[c].due <= LATEST - SOONEST)

inline put(c, m, t, n) {
  wire[c].what = m; wire[c].due = LATEST; wire[c].token = t; wire[c].number = n
}

inline clear(c) {
  wire[c].what = none; wire[c].due = 0; wire[c].token = 0; wire[c].number = 0
}

/* ---- the lock server and the store: each answers a question in one step, as Redis and a conditional UPDATE do ------ */

inline answer(c) {
  if
  :: wire[c].what == set && holder == NOBODY ->
       holder = c; expiry = TTL; counter++;
       put(c, ok, counter, 0)
  :: wire[c].what == set && holder != NOBODY ->
       put(c, nil, 0, 0)
  :: wire[c].what == del ->
       if
       :: holder == c -> holder = NOBODY; expiry = 0
#if RELEASE == 1
       :: holder != c && holder != NOBODY -> deletes_anothers; holder = NOBODY; expiry = 0
#endif
       :: else
       fi;
       put(c, deleted, 0, 0)
#if FENCE > 1
  :: wire[c].what == read && wire[c].token < seen ->
       put(c, refused, 0, 0)
  :: wire[c].what == read && wire[c].token >= seen ->
       seen = wire[c].token;
       put(c, value, 0, stored)
#else
  :: wire[c].what == read ->
       put(c, value, 0, stored)
#endif
#if FENCE > 0
  :: wire[c].what == write && wire[c].token < seen ->
       put(c, refused, 0, 0)
  :: wire[c].what == write && wire[c].token >= seen ->
       seen = wire[c].token;
       stored = wire[c].number;
       write_accepted(wire[c].token);
       put(c, written, 0, 0)
#else
  :: wire[c].what == write ->
       stored = wire[c].number;
       write_accepted(wire[c].token);
       put(c, written, 0, 0)
#endif
  fi
}

#define asked(c) has_come(c) && is_question(wire[c].what)

active proctype Servers() {
end:
  do
  :: d_step { asked(0) -> answer(0) }
  :: d_step { asked(1) -> answer(1) }
#if CLIENTS > 2
  :: d_step { asked(2) -> answer(2) }
#endif
  od
}

/* ---- a client -------------------------------------------------------------------------------------------------- */

/* It runs its next line when it is awake and its nap is over, and hears an answer when it is awake and one has come. */
#define awake(c)    (pause[c] == 0)
#define line(c)     (awake(c) && nap[c] == 0)
#define hears(c, m) (awake(c) && has_come(c) && wire[c].what == m)

inline ask(c, m, t, n) { put(c, m, t, n); nap[c] = NEVER }

/* After the end nothing is remembered, so that runs that differ only in their past end in one state. */
inline forget(c) { clear(c); lease[c] = 0; patience[c] = 0; nap[c] = NEVER; over[c] = true; token = 0; number = 0 }

proctype Client(byte me) {
  byte token, number;

  /* const lease = await lock.acquire({ ttl: 30 }) */
  d_step { line(me) -> patience[me] = PATIENCE; lease[me] = TTL; ask(me, set, 0, 0) }
waits:
  if
  :: d_step { hears(me, ok) ->
       token = wire[me].token; patience[me] = 0; clear(me); nap[me] = 0;
       begins_to_believe }
  :: d_step { hears(me, nil) && patience[me] >= RETRY ->
       clear(me); lease[me] = 0; nap[me] = RETRY }
     d_step { line(me) -> lease[me] = TTL; ask(me, set, 0, 0) }
     goto waits
  :: d_step { hears(me, nil) && patience[me] < RETRY -> forget(me) }
     goto gone
  fi;

  /* const n = await store.read(lease.token) */
  d_step { line(me) -> ask(me, read, token, 0) }
  if
  :: d_step { hears(me, value) -> number = wire[me].number; clear(me); nap[me] = 0 }
  :: d_step { hears(me, refused) -> stops_believing; forget(me) }
     goto gone
  fi;

  /* const next = n + 1 */
  d_step { line(me) -> number++; nap[me] = WORK }

  /* if (!lease.stillMine()) return */
  if
  :: d_step { line(me) && lease[me] > 0 -> lease[me] = 0 }
  :: d_step { line(me) && lease[me] == 0 -> stops_believing; forget(me) }
     goto gone
  fi;

  /* await store.write(next, lease.token) */
  d_step { line(me) -> ask(me, write, token, number) }
  if
  :: d_step { hears(me, written) -> token = 0; number = 0; clear(me); nap[me] = 0 }
  :: d_step { hears(me, refused) -> stops_believing; forget(me) }
     goto gone
  fi;

  /* await lock.release(lease): its critical section ends here, before the message has left */
  d_step { line(me) -> stops_believing; ask(me, del, 0, 0) }
  d_step { hears(me, deleted) -> has_finished; forget(me) }

gone:
  skip
}

/* ---- pauses ---------------------------------------------------------------------------------------------------- */

/* At any moment: also between the check and the write, and while an answer is on its way. */
#define may_stop(c) (pauses_left > 0 && c < PAUSABLE && awake(c) && !over[c])

inline stop(c) { pauses_left--; pause[c] = PAUSE }

active proctype Pauses() {
end:
  do
  :: d_step { may_stop(0) -> stop(0) }
  :: d_step { may_stop(1) -> stop(1) }
#if CLIENTS > 2
  :: d_step { may_stop(2) -> stop(2) }
#endif
  od
}

/* ---- time ------------------------------------------------------------------------------------------------------ */

/* A millisecond passes only when nothing is overdue: no line that could run now, and no message at the end of its window.
   A message for a client that is paused waits for it. Whoever makes time stand still for good is found by Spin itself,
   as an invalid end state. */
#define patient(c) ( (nap[c] > 0 || !awake(c)) && \
                     (wire[c].what == none || wire[c].due > 0 || (!awake(c) && !is_question(wire[c].what))) )

#define less(t) t = (t > 0 -> t - 1 : 0)

inline age(c) {
  if
  :: nap[c] < NEVER -> less(nap[c])
  :: else
  fi;
  less(wire[c].due); less(lease[c]); less(patience[c]); less(pause[c])
}

#if CLIENTS > 2
#define all_patient (patient(0) && patient(1) && patient(2))
#define all_over    (over[0] && over[1] && over[2])
#else
#define all_patient (patient(0) && patient(1))
#define all_over    (over[0] && over[1])
#endif

active proctype Time() {
  do
  :: d_step {
       all_patient && !all_over ->
       age(0); age(1);
#if CLIENTS > 2
       age(2);
#endif
       less(expiry);
       if
       :: expiry == 0 -> holder = NOBODY
       :: else
       fi
     }
  :: all_over -> break
  od
}

init {
  atomic {
    run Client(0); run Client(1);
#if CLIENTS > 2
    run Client(2)
#endif
  }
}
