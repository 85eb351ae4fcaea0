/**
 * Layouts from the pattern strings of log4j and logback, such as `%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m%n`:
 * the same strings that stand in Flink's configuration, so that the defaults and a user's own layout are one thing.
 */
import { compileDate } from './dateFormat.js';
import {
  blanksPart,
  contextPart,
  levelPart,
  literalPart,
  loggerPart,
  messagePart,
  nestedPart,
  oneBlankPart,
  paddingPart,
  pairsPart,
  readHead,
  relativePart,
  threadPart,
  timePart,
  type Part,
} from './part.js';
import { parsePattern, type Conversion, type PatternError, type PatternNode } from './patternSyntax.js';
import type { Layout } from './record.js';

/**
 * Compiles a pattern into a layout with the id and label given (by default `custom` and the pattern itself).
 * Its message must be last, a thread or other free text must be followed by some text that ends it.
 */
export function compilePattern(
  pattern: string,
  named: { readonly id: string; readonly label: string; readonly samples?: readonly string[] } = {
    id: 'custom',
    label: pattern,
  },
): Layout | PatternError {
  const nodes = parsePattern(pattern);
  if ('error' in nodes) return nodes;
  const parts = partsOf(nodes);
  if ('error' in parts) return parts;
  if (!parts.includes(messagePart)) return { error: 'the pattern has no message (%m)' };
  return { id: named.id, label: named.label, samples: named.samples ?? [], parse: (line) => readHead(parts, line) };
}

/** A layout of the project's own. @throws when its pattern does not compile: a mistake in the table. */
export function patternLayout(id: string, label: string, pattern: string, samples: readonly string[]): Layout {
  const layout = compilePattern(pattern, { id, label, samples });
  if ('error' in layout) throw new Error(`${id}: ${layout.error}`);
  return layout;
}

function partsOf(nodes: readonly PatternNode[]): Part[] | PatternError {
  const parts: Part[] = [];
  for (const [index, node] of nodes.entries()) {
    if (parts.includes(messagePart)) return { error: 'nothing but %n and the exception may follow the message (%m)' };
    const next = nodes[index + 1];
    switch (node.kind) {
      case 'literal':
        parts.push(...literalParts(node.text, next));
        break;
      case 'optional': {
        const inner = partsOf(node.nodes);
        if ('error' in inner) return inner;
        parts.push({ kind: 'optional', parts: inner });
        break;
      }
      case 'conversion': {
        const part = conversionPart(node, anchorOf(nodes, index));
        if ('error' in part) return part;
        if (node.padding === 'left') parts.push(paddingPart);
        parts.push(part);
        if (node.padding === 'right') parts.push(paddingPart);
        break;
      }
    }
  }
  return parts;
}

/** A literal's parts: its words exactly, its blanks as any number of them, for what stands before may be padded. */
function literalParts(text: string, next: PatternNode | undefined): Part[] {
  const pieces = text.match(/[ \t]+|[^ \t]+/g) ?? [];
  const beforeMessage = next?.kind === 'conversion' && next.what === 'message';
  return pieces.map((piece, index) => {
    if (piece.trim() !== '') return literalPart(piece);
    return beforeMessage && index === pieces.length - 1 && pieces.length > 1 ? oneBlankPart : blanksPart;
  });
}

/** The text that ends what stands before it: what follows literally, as far as its blanks are not padding. */
function anchorOf(nodes: readonly PatternNode[], index: number): string {
  const next = nodes[index + 1];
  if (next?.kind === 'optional') return anchorOf([...nodes.slice(0, index + 1), ...next.nodes], index);
  if (next?.kind !== 'literal') return '';
  const after = nodes[index + 2];
  const beforeMessage = after?.kind === 'conversion' && after.what === 'message';
  const text = beforeMessage ? next.text.trimEnd() : next.text;
  return /^[ \t]+(?=[^ \t])/.test(text) ? text.trimStart() : text;
}

function conversionPart(node: Conversion, anchor: string): Part | PatternError {
  switch (node.what) {
    case 'time': {
      const reader = compileDate(node.options[0] ?? '', node.options[1] ?? null);
      return 'error' in reader ? reader : timePart(reader);
    }
    case 'relative':
      return relativePart;
    case 'level':
      return levelPart;
    case 'logger':
      return loggerPart(anchor);
    case 'message':
      return messagePart;
    case 'nested':
      return nestedPart;
    case 'thread':
      return anchor === '' ? endless(node) : threadPart(anchor);
    case 'context':
      if (anchor === '') return endless(node);
      return node.options[0] === undefined ? pairsPart(anchor) : contextPart(anchor, node.options[0]);
    case 'text':
      return anchor === '' ? endless(node) : contextPart(anchor, null);
  }
}

function endless(node: Conversion): PatternError {
  return { error: `%${node.name} must be followed by some text that shows where it ends` };
}
