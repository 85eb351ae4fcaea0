/** Clocks whose offset from UTC the user gives. */
import type { Role, Source } from '../checkpoint/model.js';
import { roleOf } from '../checkpoint/role.js';
import type { GivenZone } from './arguments.js';

const rolesOf: ReadonlyMap<string, readonly Role[]> = new Map([
  ['JM', ['jobmanager', 'mixed']],
  ['TM', ['taskmanager', 'mixed']],
]);

/** The sources with their given offsets; of several that fit one, the last holds. */
export function withZones(sources: readonly Source[], zones: readonly GivenZone[]): readonly Source[] {
  if (zones.length === 0) return sources;
  return sources.map((source) => {
    const zone = zones.findLast((candidate) => fits(candidate, source));
    return zone === undefined ? source : { ...source, givenOffsetMinutes: zone.offsetMinutes };
  });
}

/** The first zone that fits no source: most likely a slip of the pen. */
export function unusedZone(sources: readonly Source[], zones: readonly GivenZone[]): GivenZone | undefined {
  return zones.find((zone) => !sources.some((source) => fits(zone, source)));
}

function fits({ who }: GivenZone, source: Source): boolean {
  if (who === null) return true;
  return rolesOf.get(who)?.includes(roleOf(source)) ?? source.path.includes(who);
}
