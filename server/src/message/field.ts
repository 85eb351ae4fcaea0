/**
 * What may stand in a field of a template. A field is either *bounded* (its own characters decide where it ends) or
 * *open* (any text, up to what follows it in the template).
 */

/** A type of field: `{checkpointId}` is a `checkpoint` by its name, `{state:word}` says it itself. */
export type FieldType = BoundedField | OpenField;

/** A field whose own characters decide where it ends. */
export interface BoundedField {
  readonly open: false;
  /** Source of a pattern for a value. */
  readonly source: string;
  /** The same for pasted text, where ids may be cut off or torn by a line break. */
  readonly pasted: string;
  /** Whole numbers among its values are numbers. */
  readonly number: boolean;
  /** It takes in any text that stands before the message proper. */
  readonly anyText: boolean;
}

/** A field of any text; what follows it in the template ends it. */
export interface OpenField {
  readonly open: true;
  /** Constant start of a value, as a pattern. */
  readonly head: string;
  /** One character of a value, as a pattern. */
  readonly any: string;
  /** Least number of such characters. */
  readonly min: 0 | 1;
  /** Bounded end of a value, as a pattern. */
  readonly tail: string;
  /** What a value looks like that begins or ends a message in pasted text; null: any text. */
  readonly pasted: PastedField | null;
}

/** A field that begins or ends a message in pasted text. */
export interface PastedField {
  readonly source: string;
  /** A value can be told from text before it. */
  readonly distinct: boolean;
}

const bounded = (source: string, pasted = source): BoundedField => ({
  open: false,
  source,
  pasted,
  number: false,
  anyText: false,
});
const number = (source: string): BoundedField => ({ ...bounded(source), number: true });
const open = (min: 0 | 1, any = '.', head = '', tail = '', pasted: PastedField | null = null): OpenField => ({
  open: true,
  head,
  any,
  min,
  tail,
  pasted,
});

/** What a shortened id may end with. */
const ellipsis = '(?:\u2026|\\.{3})';
/**
 * 32 hex digits; pasted: torn by blanks, or cut off but still long enough to tell one from another. A short one has a
 * decimal digit, as no word has.
 */
const pastedHex = `(?:[0-9a-f](?: ?[0-9a-f]){31}|(?=[a-f]*\\d)[0-9a-f]{6,31}${ellipsis}?)`;
const indexGroup = '\\(\\d+\\/\\d+\\)(?:#\\d+)?';
const snapshotOf =
  '(?:DefaultOperatorStateBackend|Heap backend|Asynchronous (?:incremental |full )?(?:RocksDB|ForSt|ForStDB))';
const attemptTail = '_[0-9a-f]{32}_\\d+_\\d+|_\\d+_\\d+';
const pastedAttemptTail = `${attemptTail}|_[0-9a-f]{0,31}${ellipsis}`;

const types = {
  /** Any text of one line, at least one character. */
  text: open(1),
  /** Any text of one line, maybe none. */
  maybe: open(0),
  /** Any text, over several lines, maybe none. */
  lines: open(0, '[\\s\\S]'),
  /** A JSON object. */
  json: open(0, '[\\s\\S]', '\\{', '\\}'),
  /** `Thread[name,priority,group]`. */
  thread: open(1, '.', 'Thread\\[', '\\]'),
  /** A task's name with `(3/4)`, maybe `#attempt`. */
  subtask: open(1, '.', '', ` ${indexGroup}`),
  /** A task's name, as a rule with `(3/4)`. Pasted: up to there, or one word at the end of the line. */
  task: open(1, '.', '', '', { source: `(?:.{1,500}?${indexGroup}|\\S{1,500}(?=\\s*$))`, distinct: false }),
  /** What a state backend calls its snapshot. */
  snapshot: open(1, '.', '', '', { source: `(?:${snapshotOf} snapshot|Asynchronous full Savepoint)`, distinct: true }),
  /** The same up to Flink 1.6, where each backend has a logger of its own. */
  backendSnapshot: bounded(`${snapshotOf} snapshot`),
  int: number('-?\\d+'),
  /** A checkpoint id, or Flink's word for none. */
  checkpoint: number('(?:-?\\d+|UNKNOWN_CHECKPOINT_ID)'),
  flag: bounded('(?:true|false)'),
  /** A state in capital letters. */
  state: bounded('[A-Z_]+'),
  hex: bounded('[0-9a-f]+'),
  /** Job id, vertex id, allocation id: 32 hex digits. */
  id: bounded('[0-9a-f]{32}', pastedHex),
  /** Execution attempt id: 32 hex digits up to 1.13, then with vertex, index and attempt number. */
  attempt: bounded(`[0-9a-f]{32}(?:${attemptTail})?`, `${pastedHex}(?:${pastedAttemptTail})?`),
  uuid: bounded('[0-9a-f-]+'),
  /** A class name with its package. */
  class: bounded('[\\w.$]+'),
  /** `package.Exception: `, or nothing. */
  exceptionPrefix: bounded('(?:[\\w.$]+: )?'),
  /** Text before ` Failure reason: `, or nothing; constant text must follow. */
  reasonPrefix: { ...bounded('(?:.*? Failure reason: )?'), anyText: true },
  cancelPrefix: bounded('(?:cancel-with-)?'),
} as const satisfies Record<string, FieldType>;

/** Name of a type, as written after the colon of `{state:word}`. */
export type FieldTypeName = keyof typeof types;

/** The fields that are not `text`, by type. */
const namesOfType: Readonly<Partial<Record<FieldTypeName, readonly string[]>>> = {
  attempt: ['attemptId', 'attemptIdDev'],
  cancelPrefix: ['cancelPrefix'],
  checkpoint: ['checkpointId'],
  class: ['className', 'exceptionClass', 'messageType'],
  flag: ['flag', 'unaligned'],
  hex: ['fencingToken'],
  id: ['allocationId', 'jobId', 'jobVertexId', 'operatorId'],
  int: [
    'attemptNumber',
    'bytes',
    'channelIndex',
    'consecutiveFailures',
    'count',
    'epoch',
    'globalModificationTime',
    'materializationId',
    'maxParallelism',
    'ms',
    'now',
    'numCheckpoints',
    'producerId',
    'seconds',
    'stateSizeBytes',
    'stateSizeKb',
    'subtaskIndex',
    'triggerTimestamp',
  ],
  json: ['dump'],
  lines: ['failureText', 'files', 'rest', 'stackTrace', 'suffix'],
  maybe: ['allowNonRestored', 'streamFactory'],
  reasonPrefix: ['prefix'],
  state: [
    'actualState',
    'currentState',
    'expectedState',
    'fromState',
    'jobStatus',
    'operation',
    'targetState',
    'toState',
  ],
  thread: ['thread'],
  uuid: ['backendUid'],
  task: ['taskName'],
  snapshot: ['snapshotDescription'],
};

const typeOfName = new Map(Object.entries(namesOfType).flatMap(([type, names]) => names.map((name) => [name, type])));

/**
 * The type of a field: the one it names, or the one that its name implies. A number at its end belongs to a second
 * field of that kind in one message (`flag2`). Throws for a type that does not exist.
 */
export function fieldType(name: string, typeName?: string): FieldType {
  const known = typeName ?? typeOfName.get(name) ?? impliedType(name.replace(/\d+$/, ''));
  const type = Object.entries(types).find(([key]) => key === known)?.[1];
  if (type === undefined) throw new Error(`unknown field type ${known}`);
  return type;
}

function impliedType(name: string): string {
  if (/(?:Ms|CheckpointId)$/.test(name)) return 'int';
  return typeOfName.get(name) ?? 'text';
}
