/** Exceptions in JSON, as the lines of the stack trace that a text layout prints. */

/** Exceptions that are told of one, with its causes: Java's own seldom are ten. */
const mostThrown = 100;

/**
 * The lines of a stack trace, from a text, an array of lines, or the objects of log4j's and ECS's JSON; empty if there
 * is none.
 */
export function stackLines(value: unknown): string[] {
  const parts: string[][] = [];
  let thrown = value;
  while (thrown !== undefined && thrown !== null && parts.length < mostThrown) {
    const object = typeof thrown === 'object' ? (thrown as Thrown) : {};
    const lines = Array.isArray(thrown) || typeof thrown === 'string' ? traceLines(thrown) : thrownLines(object);
    const [first] = lines;
    if (parts.length > 0 && first !== undefined) lines[0] = `Caused by: ${first}`;
    parts.push(lines);
    thrown = object['cause'];
  }
  return parts.flat();
}

/** An exception as an object. */
type Thrown = Readonly<Record<string, unknown>>;

/** Its header and its trace, without its causes. */
function thrownLines(thrown: Thrown): string[] {
  const trace = traceLines(
    thrown['stack_trace'] ?? thrown['stackTrace'] ?? thrown['stacktrace'] ?? thrown['extendedStackTrace'],
  );
  const header = headerOf(thrown);
  return header === null || trace[0]?.startsWith(header) === true ? trace : [header, ...trace];
}

/** A trace that is a text, or an array of lines or frames. */
function traceLines(trace: unknown): string[] {
  if (typeof trace === 'string') return trace === '' ? [] : trace.trimEnd().split(/\r?\n/);
  return Array.isArray(trace)
    ? trace.flatMap((item) => (typeof item === 'string' ? traceLines(item) : frameLine(item)))
    : [];
}

function headerOf(thrown: Thrown): string | null {
  const name = thrown['name'] ?? thrown['type'] ?? thrown['exception_class'] ?? thrown['class'];
  if (typeof name !== 'string') return null;
  const message = thrown['message'] ?? thrown['exception_message'];
  return typeof message === 'string' ? `${name}: ${message.split('\n')[0] ?? ''}` : name;
}

/** A frame as log4j 2's JSONLayout has it: class, method, file and line. */
function frameLine(frame: unknown): string[] {
  if (typeof frame !== 'object' || frame === null) return [];
  const { class: type, method, file, line } = frame as Readonly<Record<string, unknown>>;
  if (typeof type !== 'string' || typeof method !== 'string') return [];
  const place =
    typeof file === 'string' ? `${file}${typeof line === 'number' && line >= 0 ? `:${line}` : ''}` : 'Unknown Source';
  return [`\tat ${type}.${method}(${place})`];
}
