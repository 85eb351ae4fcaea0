/** `time-zone-mismatch`: logs whose clocks print different zones, or a zone that no line tells. */
import type { Fact, LogSet, PlacedSource } from '../checkpoint/model.js';
import { fileName } from '../text/name.js';
import { formatOffset } from '../text/time.js';
import { listed } from '../text/list.js';
import type { Finding } from './finding.js';

/** Tells where the printed times of two logs cannot be compared as they stand. */
export function timeZones(logSet: LogSet): Finding[] {
  const placed = logSet.sources.flatMap((source) => {
    const fact = source.facts.find(({ event }) => event.time?.clock === 'local');
    return fact === undefined ? [] : [{ source, fact }];
  });
  return [...differing(placed), ...unknown(placed)];
}

interface Clock {
  readonly source: PlacedSource;
  readonly fact: Fact;
}

function differing(clocks: readonly Clock[]): Finding[] {
  const offsets = [...new Set(clocks.flatMap(({ source }) => source.zoneOffsetMinutes ?? []))].toSorted(
    (a, b) => a - b,
  );
  if (offsets.length < 2) return [];
  const parts = offsets.map((offset) => {
    const names = clocks
      .filter(({ source }) => source.zoneOffsetMinutes === offset)
      .map(({ source }) => fileName(source.path));
    return `${formatOffset(offset)} in ${listed(names, 2)}`;
  });
  const first = offsets.flatMap(
    (offset) => clocks.find(({ source }) => source.zoneOffsetMinutes === offset)?.fact ?? [],
  );
  return [
    claim(
      `The clocks of these logs print different zones: ${parts.join('; ')}. Times are compared in UTC.`,
      'Set the same zone for all processes, e.g. with the Java option -Duser.timezone=UTC.',
      first,
    ),
  ];
}

/** Matters only beside a log whose zone is known. */
function unknown(clocks: readonly Clock[]): Finding[] {
  const open = clocks.filter(({ source }) => source.zoneOffsetMinutes === null);
  if (open.length === 0 || open.length === clocks.length) return [];
  return [
    claim(
      `No line tells which zone the clock of ${listed(
        open.map(({ source }) => fileName(source.path)),
        2,
      )} prints, so its times are not compared with those of other logs.`,
      'The log of the JobManager beside it tells (its lines print the trigger time in epoch milliseconds), or give the zone with --time-zone.',
      open.map(({ fact }) => fact),
    ),
  ];
}

const claim = (message: string, advice: string, facts: readonly Fact[]): Finding => ({
  rule: 'time-zone-mismatch',
  severity: 'info',
  certainty: 'certain',
  job: null,
  checkpoints: [],
  subtasks: [],
  message,
  advice,
  facts,
});
