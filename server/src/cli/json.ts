/** The analysis as the JSON document that docs/contract/analysis.schema.json promises to scripts. */
import { measuredPhases } from '../checkpoint/measure.js';
import type {
  Checkpoint,
  Fact,
  Job,
  LogSet,
  Measure,
  OperatorPart,
  PlacedSource,
  Restart,
  Subtask,
} from '../checkpoint/model.js';
import { statusOf } from '../checkpoint/outcome.js';
import { leastSkew } from '../checkpoint/skew.js';
import type { Analysis } from '../finding/analysis.js';
import type { Finding } from '../finding/finding.js';
import { attemptName } from '../text/name.js';

/** Who printed a document. */
export interface Tool {
  readonly name: string;
  readonly version: string;
}

/**
 * The document as text, in pieces: two-space indentation, each subtask on a line of its own, and a line break at its
 * end. The same analysis gives the same text. A log of many checkpoints gives a document that is as long as the log's
 * own events: it is never there at once.
 */
export function* jsonReport(analysis: Analysis, tool: Tool): Generator<string> {
  const { logSet, findings } = analysis;
  yield '{\n  "schema": 1,\n  "tool": ';
  yield nested({ name: tool.name, version: tool.version }, 1).trimStart();
  yield ',\n  "sources": ';
  yield* list(logSet.sources, 1, (source) => [nested(sourceJson(logSet, source), 2)]);
  yield ',\n  "jobs": ';
  yield* list(logSet.jobs, 1, (job) => jobTexts(logSet, job));
  yield ',\n  "findings": ';
  yield* list(findings, 1, (finding) => [nested(findingJson(finding), 2)]);
  yield '\n}\n';
}

function* jobTexts(logSet: LogSet, job: Job): Generator<string> {
  const { id, run, name, state, checkpoints } = job;
  const restarts = job.restarts.map(restartJson);
  yield nested({ id, run, ...clusterJson(logSet, job), name, state, restarts }, 2).slice(0, -closing.length);
  yield ',\n      "checkpoints": ';
  yield* list(checkpoints, 3, checkpointTexts);
  yield closing;
}

/** The end of a job. */
const closing = '\n    }';

function* checkpointTexts(checkpoint: Checkpoint): Generator<string> {
  yield nested(checkpointJson(checkpoint), 4).slice(0, -checkpointClosing.length);
  yield ',\n          "subtasks": ';
  yield* list(checkpoint.subtasks, 5, (subtask) => [`            ${JSON.stringify(subtaskJson(subtask))}`]);
  yield checkpointClosing;
}

/** The end of a checkpoint. */
const checkpointClosing = '\n        }';

/** An array whose elements stand one level below `depth`. */
function* list<T>(items: readonly T[], depth: number, texts: (item: T) => Iterable<string>): Generator<string> {
  let before = '[\n';
  for (const item of items) {
    yield before;
    yield* texts(item);
    before = ',\n';
  }
  yield items.length === 0 ? '[]' : `\n${'  '.repeat(depth)}]`;
}

/** A value as it is indented inside so many arrays. */
function nested(value: object, depth: number): string {
  let outer: unknown = value;
  for (let i = 0; i < depth; i++) outer = [outer];
  // Each array adds its bracket, a line break and the indentation, before and behind.
  const around = depth * depth + depth;
  return JSON.stringify(outer, null, 2).slice(around, -around);
}

function sourceJson(logSet: LogSet, source: PlacedSource) {
  const { path, bytes, lines, records, layout, role, flinkVersion, zoneOffsetMinutes, skew, error } = source;
  // By the source's own clock, as its lines say.
  const [firstTime, lastTime] = [source.firstTime, source.lastTime].map((at) => at && at + leastSkew(skew));
  return {
    ...{ path, bytes, lines, records, layout, role, flinkVersion, firstTime, lastTime, zoneOffsetMinutes },
    ...clusterJson(logSet, source),
    ...(skew !== null && { clockSkew: { lowMs: skew.low, highMs: skew.high, evidence: evidenceJson(skew.facts) } }),
    error,
  };
}

/** Only where there are several: one cluster needs no number. */
const clusterJson = ({ clusters }: LogSet, { cluster }: PlacedSource | Job) => (clusters > 1 ? { cluster } : {});

function restartJson(restart: Restart) {
  const { kind, at, cause, attempt, failures, restore, restoredTo, aborted, runningAt, downMs, facts } = restart;
  return {
    kind,
    at,
    cause,
    failed: attempt === null ? null : attemptName(attempt),
    taskManager: attempt?.taskManager ?? null,
    failures,
    restoredCheckpoint: restore?.checkpoint ?? null,
    restoredTo,
    lostMs: at === null || restoredTo === null ? null : at - restoredTo,
    abortedCheckpoints: aborted.flatMap(({ id }) => id ?? []),
    runningAt,
    downMs,
    evidence: evidenceJson(facts),
  };
}

function checkpointJson(checkpoint: Checkpoint) {
  const { outcome, failure, acknowledged, candidates } = checkpoint;
  return {
    id: checkpoint.id,
    type: checkpoint.type,
    unaligned: checkpoint.unaligned,
    status: statusOf(outcome),
    outcome,
    triggeredAt: checkpoint.triggeredAt,
    endedAt: checkpoint.endedAt,
    durationMs: checkpoint.durationMs,
    finalizationMs: checkpoint.finalizationMs,
    endToEndMs: checkpoint.endToEndMs,
    stateBytes: checkpoint.stateBytes,
    checkpointedBytes: checkpoint.checkpointedBytes,
    failure: failure && { reason: failure.reason, message: failure.message, subtask: failure.subtask },
    acknowledged: { count: acknowledged.count, expected: acknowledged.expected },
    ...(candidates.length > 0 && { candidates }),
    // A TaskManager's log alone tells of a checkpoint by lines of its subtasks only.
    evidence: evidenceJson(
      checkpoint.facts.length > 0 ? checkpoint.facts : checkpoint.subtasks.flatMap(({ facts }) => facts),
    ),
  };
}

function subtaskJson(subtask: Subtask) {
  const { startDelay, alignment, sync, async } = subtask;
  return {
    name: subtask.name,
    index: subtask.index,
    parallelism: subtask.parallelism,
    vertexId: subtask.vertexId,
    attempt: subtask.attemptId,
    taskManager: subtask.taskManager,
    acknowledged: subtask.acknowledged,
    acknowledgedAt: subtask.acknowledgedAt,
    late: subtask.late,
    declined: subtask.declined,
    startDelayMs: exactMs(startDelay),
    alignmentMs: exactMs(alignment),
    syncMs: exactMs(sync),
    asyncMs: exactMs(async),
    stateBytes: subtask.stateBytes,
    bounds: boundsJson(subtask),
    operators: subtask.operators.map(operatorJson),
    evidence: evidenceJson(subtask.facts),
  };
}

function operatorJson({ operator, backend, part, ms, facts }: OperatorPart) {
  return { operator, backend, part, ms, evidence: evidenceJson(facts) };
}

function findingJson(finding: Finding) {
  const { rule, severity, certainty, job, subtasks, message, advice } = finding;
  return {
    rule,
    severity,
    certainty,
    job: job?.id ?? null,
    run: job?.run ?? null,
    checkpoints: checkpointIds(finding),
    subtasks,
    message,
    advice,
    evidence: evidenceJson(finding.facts),
  };
}

/** Ids of a finding's checkpoints, each once; triggers refused before an id was given have none. */
export function checkpointIds(finding: Finding): readonly number[] {
  return [...new Set(finding.checkpoints.flatMap(({ id }) => (id === null ? [] : [id])))];
}

function exactMs(measure: Measure): number | null {
  return measure.known === 'exact' ? measure.ms : null;
}

/** What is known of the phases that no line tells exactly; undefined, which JSON leaves out, where there is nothing. */
function boundsJson(subtask: Subtask) {
  let bounds: Record<string, readonly [number, number | null]> | undefined;
  for (const phase of measuredPhases) {
    const measure = subtask[phase];
    if (measure.known === 'bounds') (bounds ??= {})[`${phase}Ms`] = [measure.low, measure.high];
  }
  return bounds;
}

/** Where facts stand, each place once, in their order. */
function evidenceJson(facts: readonly Fact[]) {
  if (facts.length <= 1) return facts.map(placeJson);
  const places = new Map(facts.map((fact) => [`${fact.source}:${fact.event.line}:${fact.event.message.kind}`, fact]));
  return [...places.values()].map(placeJson);
}

const placeJson = ({ source, event: { line, message } }: Fact) => ({ source, line, kind: message.kind });
