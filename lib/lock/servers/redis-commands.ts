// What a lock client says to a Redis server, and what the server answers. Names are those of the real commands; the answer is
// what a client library would return for them. Compare-and-extend and compare-and-delete are `SET … IFEQ` and `DELEX … IFEQ`
// (Redis 8.4), and two-line scripts before that. Where a lock wants a fencing token, SET NX and INCR of a counter are one
// script: were they two commands, tokens could be handed out in another order than grants. Source: locks.md 1.1.
import type { Ask } from '../conversation.ts';
import type { Ms, NodeId } from '../types.ts';

type RedisCommand =
  /** SET key value NX PX ttl; with a counter it answers INCR counter, or 0. */
  | {
      readonly command: 'set';
      readonly key: string;
      readonly value: string;
      readonly ttl: Ms;
      readonly counter: string | null;
    }
  /** SET key value IFEQ value PX ttl. */
  | { readonly command: 'extend'; readonly key: string; readonly value: string; readonly ttl: Ms }
  /** DELEX key IFEQ value. */
  | { readonly command: 'delex'; readonly key: string; readonly value: string }
  | { readonly command: 'del' | 'get' | 'pttl' | 'incr'; readonly key: string }
  | { readonly command: 'mget'; readonly keys: readonly string[] };

/** `tag` says which request an answer belongs to, as the order on a connection does. Null: nobody waits for the answer. */
export type Request = RedisCommand & { readonly tag: string | null };

export type Reply = null | string | number | readonly (string | null)[] | { readonly error: string };
export type Answer = { readonly reply: Reply };

/** Of the lock `key`. In a Redis Cluster both must be in one slot, which a common {hash tag} sees to. */
export function counterOf(key: string): string {
  return `${key}:fence`;
}

export type HowReleased = 'compare-and-delete' | 'delete';

/** The requests of a lock client: what is sent, and what it is called. */
export const requests = {
  set: (to: NodeId, key: string, value: string, ttl: Ms, counter: string | null): Ask => {
    return ask(to, `SET ${key} ${value} NX PX ${ttl}`, { command: 'set', key, value, ttl, counter });
  },
  extend: (to: NodeId, key: string, value: string, ttl: Ms): Ask => {
    return ask(to, `SET ${key} ${value} IFEQ ${value} PX ${ttl}`, { command: 'extend', key, value, ttl });
  },
  release: (to: NodeId, key: string, value: string, how: HowReleased): Ask => {
    return how === 'delete'
      ? ask(to, `DEL ${key}`, { command: 'del', key })
      : ask(to, `DELEX ${key} IFEQ ${value}`, { command: 'delex', key, value });
  },
  /** Whose is it, and with which token? Both at one instant: the counter is this grant's as long as the key is. */
  whose: (to: NodeId, key: string): Ask => {
    return ask(to, `MGET ${key} ${counterOf(key)}`, { command: 'mget', keys: [key, counterOf(key)] });
  },
};

function ask(to: NodeId, name: string, body: RedisCommand): Ask {
  return { to, name, body };
}
