/** Which lines below a head belong to its record. */

/** What a line that is no head looks like. */
export type Shape =
  /** Nothing but blanks. */
  | 'blank'
  /** Part of a stack trace or of an indented, multi-line message. */
  | 'stack'
  /** Text at the line's start: a message's further line, or something that is not the log's. */
  | 'loose'
  /** Certainly not of the record above: a shell prompt, a fence of Markdown, a mark of another file, a level. */
  | 'foreign';

/** Stack frames and exception headers, and whatever else a program indents or brackets. */
const stackLine =
  /^(?:\s|[)\]}]|"$|(?:at|Caused by:|Suppressed:|\.\.\.) |(?:[a-z_][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error|Throwable|Failure)\b)/;

const foreignLine = new RegExp(
  `^(?:${[
    // Prompts of shells: user@host, [user@host folder]$, $, %, PowerShell.
    String.raw`[\w.-]+@[\w.-]+[ :~][^\s$#%>]*[$#%>] `,
    String.raw`\[[\w.-]+@[\w.-]+ [^\]]+\][$#] `,
    String.raw`[$%] `,
    String.raw`PS [A-Z]:\\`,
    // Markdown: fences and headings; elisions.
    '```',
    '~~~',
    '#{1,6} ',
    String.raw`\.{3,}$`,
    // Where another file begins or ends: YARN, tail.
    'Container: container_',
    'LogType:',
    'End of LogType:',
    '==> .+ <==$',
    // A level that starts a line.
    String.raw`(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|SEVERE)(?:[: ]|(?=[A-Z(]))`,
  ].join('|')})`,
);

/** The shape of a line that is no head. */
export function shapeOf(line: string): Shape {
  if (line.trim() === '') return 'blank';
  if (stackLine.test(line)) return 'stack';
  return foreignLine.test(line) ? 'foreign' : 'loose';
}
