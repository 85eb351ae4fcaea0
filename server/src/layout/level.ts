/** Levels, under the names that loggers, java.util.logging and the log services give them. */
import type { Level } from './record.js';

/** Levels from the least to the most severe. */
export const levels: readonly Level[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** Names that log4j, logback and java.util.logging print; the most frequent ones come first, for they are tried in order. */
const loggerLevels: Readonly<Record<string, Level>> = {
  INFO: 'INFO',
  DEBUG: 'DEBUG',
  WARN: 'WARN',
  ERROR: 'ERROR',
  TRACE: 'TRACE',
  FATAL: 'FATAL',
  FINE: 'DEBUG',
  FINER: 'TRACE',
  FINEST: 'TRACE',
  CONFIG: 'DEBUG',
  WARNING: 'WARN',
  SEVERE: 'ERROR',
  ALL: 'TRACE',
};

const namedLevels: Readonly<Record<string, Level>> = {
  ...loggerLevels,
  NOTICE: 'INFO',
  INFORMATIONAL: 'INFO',
  INFORMATION: 'INFO',
  ERR: 'ERROR',
  CRITICAL: 'FATAL',
  ALERT: 'FATAL',
  EMERGENCY: 'FATAL',
};

/** Syslog's severities, 0 to 7 (RFC 5424), as GELF prints them. */
const syslogLevels: readonly Level[] = ['FATAL', 'FATAL', 'FATAL', 'ERROR', 'WARN', 'INFO', 'INFO', 'DEBUG'];

/** The level of this name in any case, padding aside, or of this syslog number; null where it is none. */
export function levelOf(name: string): Level | null {
  const bare = name.trim().toUpperCase();
  return namedLevels[bare] ?? (/^[0-7]$/.test(bare) ? (syslogLevels[Number(bare)] ?? null) : null);
}

/** A level as a line prints it. */
export interface PrintedLevel {
  readonly level: Level;
  /** Number of characters. */
  readonly length: number;
}

const printedLevels = Object.entries(loggerLevels).map(([name, level]) => ({ name, level, length: name.length }));

/** The level of a logger that starts at a column in capital letters and does not go on as a longer word, or null. */
export function levelAt(line: string, at: number): PrintedLevel | null {
  for (const printed of printedLevels) {
    if (line.startsWith(printed.name, at) && !/\w/.test(line.charAt(at + printed.length))) return printed;
  }
  return null;
}
