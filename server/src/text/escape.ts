/** The one place where text of a log becomes part of something that is rendered. */

/**
 * Text of a log as Markdown that shows exactly that text: no link, image, HTML, emphasis, table cell or entity comes of
 * it, also not by the bare addresses that GitHub's Markdown links (`https://…`, `www.…`, `a@b`). One line.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]<|~&@]|\$(?=\()/g, '\\$&')
    .replace(/:\/\//g, '\\://')
    .replace(/www\./gi, (match) => `${match.slice(0, 3)}\\.`)
    .replace(/^(?:[-+=>#]|\d+[.)](?=\s|$))/, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`);
}

/** Text of a log as Markdown's code, with backquotes replaced: it can't end the code early. One line. */
export function codeMarkdown(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'")}\``;
}

/** Text of a log in a title that VS Code draws with its `$(icon)` syntax. One line. */
export function escapeTitle(text: string): string {
  return oneLine(text).replace(/\$\(/g, '\\$(');
}

/** `text` with line breaks and other control characters as blanks. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** `text` cut to `length` characters, with an ellipsis where something was cut. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}
