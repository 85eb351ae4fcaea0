/**
 * Statistics that Flink prints of a checkpoint as a whole:
 * - `CheckpointStatistics (for jobID=…, checkpointId=N) dump = {json}` (DEBUG, 1.18+; the JSON is that of the REST API),
 * - `Reported span: SimpleSpan{… name=Checkpoint … attributes={…}}` (INFO with the slf4j trace reporter, 1.19+; tasks
 *   and subtasks below it with `traces.checkpoint.span-detail-level`, 2.2+).
 */
import type { LogEvent } from '../message/event.js';
import { textField } from '../message/fieldValue.js';
import { textOf } from '../message/textOf.js';
import { measuredPhases, type MeasuredPhase } from './measure.js';

/** What one such line says of a checkpoint. Absent values are null. */
export interface Statistics {
  readonly checkpoint: number;
  readonly job: string | null;
  readonly status: 'completed' | 'failed' | null;
  readonly savepoint: boolean | null;
  readonly triggeredAt: number | null;
  readonly endToEndMs: number | null;
  readonly checkpointedBytes: number | null;
  readonly expected: number | null;
  readonly acknowledged: number | null;
  readonly unaligned: boolean | null;
  readonly failureMessage: string | null;
  readonly vertices: readonly VertexStatistics[];
}

/** Durations in milliseconds, by phase. */
export type PhaseValues = Readonly<Partial<Record<MeasuredPhase, number>>>;

/** What it says of one vertex (task). */
export interface VertexStatistics {
  readonly vertexId: string;
  readonly expected: number | null;
  readonly acknowledged: number | null;
  /** Largest value among the vertex's subtasks, by phase. */
  readonly largest: PhaseValues;
  readonly subtasks: readonly SubtaskStatistics[];
}

/** What it says of one subtask. */
export interface SubtaskStatistics {
  readonly index: number;
  readonly values: PhaseValues;
  readonly stateBytes: number | null;
}

const cache = new WeakMap<LogEvent, Statistics | null>();

/** Reads the statistics that an event carries; null when it carries none or they cannot be read. */
export function statisticsOf(event: LogEvent): Statistics | null {
  if (event.message.kind !== 'complete') return null;
  const dump = textField(event, 'dump');
  if (dump === null && textField(event, 'span')?.includes('name=Checkpoint,') !== true) return null;
  const known = cache.get(event);
  if (known !== undefined) return known;
  const read = dump !== null ? fromDump(dump, event) : fromSpan(textOf(event));
  cache.set(event, read);
  return read;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const objectOf = (value: Json | undefined): Record<string, Json> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
const numberOf = (value: Json | undefined): number | null => (typeof value === 'number' && value >= 0 ? value : null);

function fromDump(dump: string, event: LogEvent): Statistics | null {
  let json: Record<string, Json>;
  try {
    json = objectOf(JSON.parse(dump) as Json);
  } catch {
    // Cut off or not JSON: the line proves nothing beyond its id.
    return null;
  }
  const checkpoint = numberOf(json['id']);
  if (checkpoint === null) return null;
  return {
    checkpoint,
    job: event.job,
    status: json['status'] === 'COMPLETED' ? 'completed' : json['status'] === 'FAILED' ? 'failed' : null,
    savepoint: typeof json['is_savepoint'] === 'boolean' ? json['is_savepoint'] : null,
    triggeredAt: numberOf(json['trigger_timestamp']),
    endToEndMs: numberOf(json['end_to_end_duration']),
    checkpointedBytes: numberOf(json['checkpointed_size']),
    expected: numberOf(json['num_subtasks']),
    acknowledged: numberOf(json['num_acknowledged_subtasks']),
    unaligned:
      json['checkpoint_type'] === 'UNALIGNED_CHECKPOINT'
        ? true
        : json['checkpoint_type'] === 'CHECKPOINT'
          ? false
          : null,
    failureMessage: typeof json['failure_message'] === 'string' ? json['failure_message'] : null,
    vertices: Object.entries(objectOf(json['tasks'])).map(([vertexId, value]) => {
      const vertex = objectOf(value);
      return {
        vertexId,
        expected: numberOf(vertex['num_subtasks']),
        acknowledged: numberOf(vertex['num_acknowledged_subtasks']),
        largest: {},
        subtasks: [],
      };
    }),
  };
}

/** A span as its `toString` prints it: attributes and, nested, its children. */
interface Span {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly children: readonly Span[];
}

const spanHead =
  /SimpleSpan\{scope=[^,{}]*, name=(\w+), startTsMillis=(\d+), endTsMillis=(\d+), attributes=\{([^{}]*)\}/y;

/** Levels of spans that are read: Flink nests three, of the checkpoint, its tasks and their subtasks. */
const mostLevels = 10;

/** Reads the span that begins at `from`, with `levels` of them at most; gives where it ends. */
function readSpan(text: string, from: number, levels = mostLevels): { span: Span; end: number } | null {
  spanHead.lastIndex = from;
  const head = levels === 0 ? null : spanHead.exec(text);
  if (head === null) return null;
  const attributes = new Map<string, string>();
  for (const pair of (head[4] ?? '').split(', ')) {
    const at = pair.indexOf('=');
    if (at > 0) attributes.set(pair.slice(0, at), pair.slice(at + 1));
  }
  const children: Span[] = [];
  let end = spanHead.lastIndex;
  if (text.startsWith(', children=[', end)) {
    end += ', children=['.length;
    for (let child = readSpan(text, end, levels - 1); child !== null; child = readSpan(text, end, levels - 1)) {
      children.push(child.span);
      end = text.startsWith(', ', child.end) ? child.end + 2 : child.end;
    }
    if (text[end] === ']') end += 1;
  }
  if (text[end] === '}') end += 1;
  return {
    span: { name: head[1] ?? '', attributes, startedAt: Number(head[2]), endedAt: Number(head[3]), children },
    end,
  };
}

const attributeOf = (span: Span, name: string): number | null => {
  const value = span.attributes.get(name);
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null;
};

const phaseAttributes: Readonly<Record<MeasuredPhase, string>> = {
  startDelay: 'CheckpointStartDelayMs',
  alignment: 'AlignmentDurationMs',
  sync: 'SyncCheckpointDurationMs',
  async: 'AsyncCheckpointDurationMs',
};

const phasesOf = (span: Span, prefix: string): PhaseValues => {
  const values: Partial<Record<MeasuredPhase, number>> = {};
  for (const phase of measuredPhases) {
    const value = attributeOf(span, prefix + phaseAttributes[phase]);
    if (value !== null) values[phase] = value;
  }
  return values;
};

function fromSpan(text: string): Statistics | null {
  const start = text.indexOf('SimpleSpan{');
  const read = start < 0 ? null : readSpan(text, start);
  if (read?.span.name !== 'Checkpoint') return null;
  const { span } = read;
  const checkpoint = attributeOf(span, 'checkpointId');
  if (checkpoint === null) return null;
  const status = span.attributes.get('checkpointStatus');
  const type = span.attributes.get('checkpointType');
  return {
    checkpoint,
    job: span.attributes.get('jobId') ?? null,
    status: status === 'COMPLETED' ? 'completed' : status === 'FAILED' ? 'failed' : null,
    savepoint: type === undefined ? null : /savepoint/i.test(type),
    triggeredAt: span.startedAt,
    endToEndMs: null,
    checkpointedBytes: attributeOf(span, 'checkpointedSize'),
    expected: null,
    acknowledged: null,
    unaligned:
      span.attributes.get('isUnaligned') === 'true'
        ? true
        : span.attributes.get('isUnaligned') === 'false'
          ? false
          : null,
    failureMessage: null,
    vertices: span.children.map((task) => ({
      vertexId: task.attributes.get('jobVertexId') ?? '',
      expected: null,
      acknowledged: null,
      largest: phasesOf(task, 'max'),
      subtasks: task.children.flatMap((subtask) => {
        const index = attributeOf(subtask, 'subtaskId');
        return index === null
          ? []
          : [{ index, values: phasesOf(subtask, ''), stateBytes: attributeOf(subtask, 'StateSizeBytes') }];
      }),
    })),
  };
}
