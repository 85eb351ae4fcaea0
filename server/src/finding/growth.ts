/** `growing-state` and `growing-duration`: completed checkpoints that got larger or slower, one after the other. */
import type { Checkpoint, Job, LogSet } from '../checkpoint/model.js';
import { formatDuration } from '../text/duration.js';
import { median } from '../text/median.js';
import { formatSize } from '../text/size.js';
import { optionsOf, type Options } from './configuration.js';
import type { Finding, RuleId } from './finding.js';
import { certaintyOf, evidence, lineOf } from './group.js';
import type { Thresholds } from './thresholds.js';

interface Trend {
  readonly rule: RuleId;
  readonly of: (checkpoint: Checkpoint) => number | null;
  readonly format: (value: number) => string;
  readonly what: string;
  /** Smaller values are no matter. */
  readonly floor: (thresholds: Thresholds) => number;
  readonly advice: (options: Options) => string;
}

const trends: readonly Trend[] = [
  {
    rule: 'growing-state',
    of: (checkpoint) => checkpoint.stateBytes,
    format: formatSize,
    what: 'State grew',
    floor: () => 1024 * 1024,
    advice: ({ timeToLive }) =>
      `See whether keys and timers are ever removed: clear state${timeToLive === null ? '' : `, or set a time-to-live (${timeToLive})`}.`,
  },
  {
    rule: 'growing-duration',
    of: (checkpoint) => checkpoint.endToEndMs ?? checkpoint.durationMs,
    format: formatDuration,
    what: 'Checkpoints became slower',
    floor: ({ slowMs }) => slowMs,
    advice: ({ incremental }) =>
      `See which phase grows.${incremental === null ? '' : ` With growing state, ${incremental}: true (RocksDB) writes only what changed.`}`,
  },
];

/** Finds trends over at least `trendLength` completed checkpoints, up to the last one. */
export function growth(logSet: LogSet, thresholds: Thresholds): Finding[] {
  const options = optionsOf(logSet);
  return logSet.jobs.flatMap((job) => trends.flatMap((trend) => finding(job, trend, thresholds, options) ?? []));
}

function finding(job: Job, trend: Trend, thresholds: Thresholds, options: Options): Finding | null {
  const points = job.checkpoints.flatMap((checkpoint) => {
    const value = checkpoint.outcome === 'completed' && checkpoint.type !== 'savepoint' ? trend.of(checkpoint) : null;
    return value === null ? [] : [{ checkpoint, value }];
  });
  const values = points.map(({ value }) => value);
  const part = Math.floor(points.length / 3);
  const [from, to] = [median(values.slice(0, part)), median(values.slice(-part))];
  if (points.length < thresholds.trendLength || from === null || to === null) return null;
  if (to < leastGrowth * from || to < trend.floor(thresholds) || risingPairs(values) < mostlyRising) return null;
  const checkpoints = points.map(({ checkpoint }) => checkpoint);
  const facts = checkpoints.flatMap((checkpoint) => lineOf(checkpoint, 'complete') ?? []);
  const [last] = facts.slice(-1);
  if (last === undefined) return null;
  return {
    rule: trend.rule,
    severity: 'warning',
    certainty: certaintyOf([last]),
    job,
    checkpoints,
    subtasks: [],
    message: `${trend.what} from ${trend.format(from)} to ${trend.format(to)} over ${points.length} checkpoints.`,
    advice: trend.advice(options),
    facts: evidence([last], facts),
  };
}

/** The median of the last third must be this many times that of the first. */
const leastGrowth = 2;

/** Part of all pairs that must rise: chance alone gives a half, a trend with little noise nearly all. */
const mostlyRising = 0.85;

/** How many of all pairs of values rise (0–1), as in Kendall's rank correlation. Long series are thinned out. */
function risingPairs(all: readonly number[]): number {
  const step = Math.ceil(all.length / 200);
  const values = all.filter((_, i) => i % step === 0);
  let rising = 0;
  let pairs = 0;
  values.forEach((value, i) => {
    for (const later of values.slice(i + 1)) {
      pairs += 1;
      if (later > value) rising += 1;
    }
  });
  return pairs === 0 ? 0 : rising / pairs;
}
