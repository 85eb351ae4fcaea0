/** Exceptions in JSON, as the lines of the stack trace that a text layout prints. */

/**
 * The lines of a stack trace, from a text, an array of lines, or the objects of log4j's and ECS's JSON; empty if there
 * is none.
 */
export function stackLines(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : value.trimEnd().split(/\r?\n/);
  if (Array.isArray(value))
    return value.flatMap((item) => (typeof item === 'string' ? stackLines(item) : frameLine(item)));
  if (typeof value !== 'object' || value === null) return [];
  const thrown = value as Readonly<Record<string, unknown>>;
  const trace = stackLines(
    thrown['stack_trace'] ?? thrown['stackTrace'] ?? thrown['stacktrace'] ?? thrown['extendedStackTrace'],
  );
  const header = headerOf(thrown);
  const cause = stackLines(thrown['cause']);
  return [
    ...(header === null || trace[0]?.startsWith(header) === true ? [] : [header]),
    ...trace,
    ...cause.map((line, index) => (index === 0 ? `Caused by: ${line}` : line)),
  ];
}

function headerOf(thrown: Readonly<Record<string, unknown>>): string | null {
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
