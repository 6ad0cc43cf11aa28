// Which scenario the flags mean: one of the course by name, or the standard experiment with its knobs turned.
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { experiment, type PropertyId, properties, propertyById, type Scenario } from '#lib/lock/index.ts';
import { type Flags, Mistake } from '../flags.ts';

export function scenarioOf(flags: Flags, property: PropertyId): Scenario {
  const [name, ...more] = flags.named;
  if (more.length > 0) throw new Mistake(`one scenario at a time, please; '${more[0]}' is too many`);
  if (!propertyById(property)) {
    throw new Mistake(`there is no property '${property}'; there are ${properties.map(({ id }) => id).join(', ')}`);
  }
  if (name !== undefined && flags.adHoc) throw new Mistake(`name a scenario or turn the knobs, not both`);
  if (name === undefined) {
    if (!flags.given.has('lock')) throw new Mistake('name a scenario, or choose a lock with --lock');
    const asked = experiment(flags.choices, property);
    if (asked.kind === 'refused') throw new Mistake(asked.why);
    return asked.scenario;
  }
  const found = scenarioById(name);
  if (!found)
    throw new Mistake(`there is no scenario '${name}'; there are ${scenarios.map(({ id }) => id).join(', ')}`);
  return found;
}

/** What a scenario claims about, or what is asked instead. */
export function propertiesOf(flags: Flags): readonly PropertyId[] {
  if (flags.property !== null) return [flags.property];
  const scenario = flags.named[0] === undefined ? undefined : scenarioById(flags.named[0]);
  return scenario ? Object.keys(scenario.expect) : ['no-lost-update'];
}
