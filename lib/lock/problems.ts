// Everything that can be wrong with a scenario, in words for its author: names that clash, programs that jump into nothing,
// faults that nothing survives, tokens that nobody hands out.
import { backends } from './backends/index.ts';
import { faultMakers } from './faults/index.ts';
import { isCount, isWindow, knobProblems, optionProblems, optionsOf } from './options.ts';
import { properties, propertyById } from './properties/index.ts';
import { RESOURCE } from './resource.ts';
import { FOREVER } from './time.ts';
import type { Backend, BackendOptions, FaultRule, NodeId, Program, Scenario } from './types.ts';

export function problems(scenario: Scenario): readonly string[] {
  const backend = Object.hasOwn(backends, scenario.backend) ? backends[scenario.backend] : undefined;
  if (!backend) return [`there is no backend '${scenario.backend}'; there are ${Object.keys(backends).join(', ')}`];
  const options = optionsOf(scenario, backend);
  const wrongOptions = [...optionProblems(options), ...(backend.problems?.(options) ?? [])];
  // The backend's own words say more, so they come first.
  if (wrongOptions.length === 0) wrongOptions.push(...knobProblems(scenario.options ?? {}, backend));
  // A backend cannot be asked for its servers with options that make no sense.
  if (wrongOptions.length > 0) return wrongOptions;

  const servers = Object.keys(backend.servers(options));
  const clients = Object.keys(scenario.clients);
  const dataInside = backend.holdsData?.(options) ?? false;
  const found: string[] = [];
  if (clients.length === 0) found.push('it has no client');
  for (const id of clients) {
    if (id === RESOURCE || servers.includes(id)) found.push(`the client name '${id}' is taken by a server`);
    for (const problem of programProblems(scenario.clients[id] as Program)) found.push(`client '${id}' ${problem}`);
  }
  found.push(...fencingProblems(scenario, backend, options, dataInside));
  const acquires = clients.filter((id) => scenario.clients[id]!.lines.some(({ run }) => run.op === 'acquire'));
  if (backend.locks === false && acquires.length > 0) {
    found.push(`client '${acquires[0]}' has 'acquire', but '${backend.id}' needs no lock, so there is none to acquire`);
  }
  if (!isWindow(scenario.linePace)) found.push('linePace must be whole milliseconds, earliest before latest');
  if (scenario.within !== undefined && !isCount(scenario.within)) found.push('within must be whole milliseconds');

  const world: Setting = {
    clients,
    servers,
    nodes: [...clients, ...servers, ...(dataInside ? [] : [RESOURCE])],
    failover: backend.failover?.(options) ?? {},
    waitsForever: options.timeout >= FOREVER,
    connections: backend.connections === true,
    threads: backend.home !== undefined,
    backend: backend.id,
  };
  for (const rule of scenario.faults) found.push(...faultProblems(rule, scenario.faults, world));
  for (const id of Object.keys(scenario.expect)) {
    if (!propertyById(id)) {
      found.push(`there is no property '${id}'; there are ${properties.map((one) => one.id).join(', ')}`);
    }
    if (id === 'nobody-stuck' && scenario.within === undefined) {
      found.push("it claims about 'nobody-stuck' and does not say `within` how long");
    }
  }
  return found;
}

function fencingProblems(
  { resource }: Scenario,
  backend: Backend,
  options: BackendOptions,
  dataInside: boolean,
): readonly string[] {
  if (resource === 'none') return [];
  if (dataInside) return [`the data is inside '${backend.id}', so there is no other resource to fence`];
  if (resource !== 'compare' && backend.tokens(options) === 'none') {
    return [`the resource checks tokens, but the backend '${backend.id}' gives none`];
  }
  return [];
}

function programProblems({ lines, stopBefore }: Program): string[] {
  const found: string[] = [];
  if (lines.length === 0) return ['has no line'];
  if (stopBefore !== undefined && !isCount(stopBefore))
    found.push('stops before a time that is not in whole milliseconds');
  let acquired = false;
  lines.forEach(({ run }, index) => {
    const target = run.op === 'goto' ? run.line : 'else' in run ? run.else : undefined;
    if (target !== undefined && !(isCount(target) && target <= lines.length)) {
      found.push(`jumps from line ${index} to ${target}, but its last line is ${lines.length - 1}`);
    }
    if (run.op === 'acquire') acquired = true;
    if ((run.op === 'release' || run.op === 'extend') && !acquired) found.push(`has '${run.op}' before any 'acquire'`);
    if (run.op === 'work' && index === lines.length - 1) found.push('ends in work that nothing waits for');
    if (run.op === 'work' && !isWindow(run.takes)) found.push('works for a time that is not in whole milliseconds');
    if ((run.op === 'acquire' || run.op === 'extend') && !(isCount(run.ttl) && run.ttl > 0)) {
      found.push('needs a ttl in whole milliseconds above 0');
    }
    if (
      run.op === 'acquire' &&
      run.renew !== undefined &&
      !(isCount(run.renew) && run.renew > 0 && run.renew < run.ttl)
    ) {
      found.push('needs a renewal period above 0 and below its ttl');
    }
    if (run.op === 'stillMine' && run.atLeast !== undefined && !isCount(run.atLeast)) {
      found.push('asks for a time left that is not in whole milliseconds');
    }
    if (run.op === 'write' && run.within !== undefined && !(isCount(run.within) && run.within > 0)) {
      found.push('bounds a write by a time that is not in whole milliseconds above 0');
    }
  });
  return found;
}

type Setting = {
  readonly clients: readonly NodeId[];
  readonly servers: readonly NodeId[];
  readonly nodes: readonly NodeId[];
  readonly failover: { readonly [node: NodeId]: NodeId };
  readonly waitsForever: boolean;
  readonly connections: boolean;
  readonly threads: boolean;
  readonly backend: string;
};

function faultProblems(rule: FaultRule, rules: readonly FaultRule[], world: Setting): string[] {
  const { kind, targets } = rule;
  if (!(kind in faultMakers)) return [`there is no fault '${kind}'; there are ${Object.keys(faultMakers).join(', ')}`];
  const found: string[] = [];
  if (!isCount(rule.atMost)) found.push(`the fault '${kind}' needs a whole number in atMost`);
  if (rules.filter((other) => other.kind === kind).length > 1) {
    found.push(`the fault '${kind}' has two rules; give it one with all targets, as in ${kind}:1@A,B`);
  }
  for (const target of targets) {
    const problem = targetProblem(rule, target, world);
    if (problem) found.push(problem);
  }
  for (const id of rule.from ?? [])
    if (!world.nodes.includes(id)) found.push(`a fault names '${id}', which is not there`);
  const onTheNetwork = kind === 'loss' || kind === 'delay' || kind === 'duplicate' || kind === 'partition';
  const ends = [targets, rule.from ?? []].filter((ids) => ids.length > 0);
  if (world.threads && onTheNetwork && ends.some((ids) => ids.every((id) => world.servers.includes(id)))) {
    found.push(`what a thread asks of its process is a call, so no ${kind} can befall it`);
  }
  if (world.connections && kind === 'duplicate' && ends.some((ids) => ids.every((id) => world.servers.includes(id)))) {
    found.push(
      'a connection delivers each message once; ask for a lost answer (loss), after which the client asks again',
    );
  }
  const lengths = rule.lasts ?? [];
  if ((kind === 'pause' || kind === 'delay') && lengths.length === 0) {
    found.push(`a ${kind} needs lasts, in whole milliseconds`);
  }
  if (!lengths.every((lasts) => isCount(lasts) && lasts > 0)) {
    found.push(`a ${kind} lasts for whole milliseconds above 0`);
  }
  if (kind === 'clockJump' && !(rule.by?.length && rule.by.every((by) => Number.isSafeInteger(by) && by !== 0))) {
    found.push('a clockJump needs by, in whole milliseconds, negative for back');
  }
  if (
    kind === 'clockRate' &&
    !(rule.rates?.length && rule.rates.every(([a, b]) => isCount(a) && isCount(b) && a * b > 0))
  ) {
    found.push('a clockRate needs rates, each two whole numbers above 0');
  }
  return found;
}

function targetProblem({ kind }: FaultRule, target: NodeId, world: Setting): string | null {
  if (!world.nodes.includes(target)) return `a fault strikes '${target}', which is not there`;
  if (kind === 'failover' && world.failover[target] === undefined) {
    return `'${target}' of the backend '${world.backend}' cannot fail over`;
  }
  if (kind === 'disconnect' && !(world.connections && world.clients.includes(target))) {
    return world.connections
      ? `a connection is broken at a client, and '${target}' is none`
      : `the backend '${world.backend}' has no connections whose loss it notices`;
  }
  if (target === RESOURCE && (kind === 'crash' || kind === 'restart' || kind === 'wipe')) {
    return 'the resource cannot crash in this model, since its clients have no plan for that';
  }
  const dies =
    kind === 'crash' ? world.servers.includes(target) : kind === 'failover' && world.failover[target] !== target;
  if (dies && !world.connections && !world.threads && world.waitsForever) {
    return `a ${kind} of '${target}' needs a client timeout in the options, or its clients wait for ever`;
  }
  return null;
}
