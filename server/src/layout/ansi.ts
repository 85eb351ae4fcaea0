/** Colours of terminals (ECMA-48 control sequences) in a line. */

/** A line without its control sequences. */
export interface Uncoloured {
  readonly text: string;
  /** The column in the coloured line of each column of the text, and of its end. */
  readonly columns: readonly number[];
}

// The control character is what is looked for.
const escapeCharacter = String.fromCharCode(27);
const sequence = new RegExp(`${escapeCharacter}(?:\\[[0-?]{0,32}[ -/]{0,4}[@-~]|[@-Z\\\\^_])`, 'y');

/** Whether the line holds a control sequence. */
export function isColoured(line: string): boolean {
  return line.includes(escapeCharacter);
}

/** Takes the control sequences out of a line. */
export function uncoloured(line: string): Uncoloured {
  const columns: number[] = [];
  let text = '';
  for (let at = 0; at < line.length;) {
    const escape = line.indexOf(escapeCharacter, at);
    const stop = escape < 0 ? line.length : escape;
    text += line.slice(at, stop);
    for (let column = at; column < stop; column++) columns.push(column);
    sequence.lastIndex = stop;
    at = stop === line.length ? stop : sequence.test(line) ? sequence.lastIndex : stop + 1;
  }
  columns.push(line.length);
  return { text, columns };
}
