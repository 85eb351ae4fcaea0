/** Clocks whose offset from UTC the user gives. */
import type { PlacedSource, Role, Source } from '../checkpoint/model.js';
import { roleOf } from '../checkpoint/role.js';
import { listed } from '../text/list.js';
import { fileName } from '../text/name.js';
import { formatOffset } from '../text/time.js';
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

/** Says which logs tell another zone than the given one, which then counts for nothing; null where none does. */
export function overruledZones(sources: readonly PlacedSource[]): string | null {
  const overruled = sources.flatMap(({ path, givenOffsetMinutes: given, zoneOffsetMinutes: told }) =>
    given === undefined || told === null || given === told ? [] : [`${fileName(path)} (${formatOffset(told)})`],
  );
  return overruled.length === 0 ? null : `--time-zone: not used for logs that tell their own: ${listed(overruled, 3)}`;
}

function fits({ who }: GivenZone, source: Source): boolean {
  if (who === null) return true;
  return rolesOf.get(who)?.includes(roleOf(source)) ?? source.path.includes(who);
}
