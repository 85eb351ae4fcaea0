/** The layouts that a user described by patterns. */
import { compilePattern } from './pattern.js';
import type { Layout } from './record.js';

/** What became of the patterns. */
export interface CustomLayouts {
  readonly layouts: readonly Layout[];
  /** For each pattern that cannot be read back, what is not supported, in words that name the pattern. */
  readonly errors: readonly string[];
}

/** Compiles patterns such as `%d{HH:mm:ss} %-5p %c - %m%n`; those that cannot be read back are left out. */
export function customLayouts(patterns: readonly string[]): CustomLayouts {
  const layouts: Layout[] = [];
  const errors: string[] = [];
  for (const pattern of patterns) {
    const compiled = compilePattern(pattern);
    if ('error' in compiled) errors.push(`The layout "${pattern}" is not used: ${compiled.error}.`);
    else layouts.push(compiled);
  }
  return { layouts, errors };
}
