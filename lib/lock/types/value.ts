// What everything is made of: plain values, and the names of things.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** 'A', 'B', 'redis', 'store'. */
export type NodeId = string;
/** A fencing token. 0 means that the backend gives none. */
export type Fence = number;
export type PropertyId = string;
