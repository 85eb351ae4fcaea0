/** Levels, under the names that loggers, java.util.logging and the log services give them. */
import type { Level } from './record.js';

/** Levels from the least to the most severe. */
export const levels: readonly Level[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

const NAMES: Readonly<Record<string, Level>> = {
  TRACE: 'TRACE',
  FINEST: 'TRACE',
  FINER: 'TRACE',
  DEBUG: 'DEBUG',
  FINE: 'DEBUG',
  CONFIG: 'DEBUG',
  INFO: 'INFO',
  NOTICE: 'INFO',
  INFORMATIONAL: 'INFO',
  INFORMATION: 'INFO',
  WARN: 'WARN',
  WARNING: 'WARN',
  ERROR: 'ERROR',
  SEVERE: 'ERROR',
  ERR: 'ERROR',
  FATAL: 'FATAL',
  CRITICAL: 'FATAL',
  ALERT: 'FATAL',
  EMERGENCY: 'FATAL',
};

/** Syslog's severities, 0 to 7 (RFC 5424), as GELF prints them. */
const SYSLOG: readonly Level[] = ['FATAL', 'FATAL', 'FATAL', 'ERROR', 'WARN', 'INFO', 'INFO', 'DEBUG'];

/** The level of this name in any case, padding aside, or of this syslog number; null where it is none. */
export function levelOf(name: string): Level | null {
  const bare = name.trim().toUpperCase();
  return NAMES[bare] ?? (/^[0-7]$/.test(bare) ? (SYSLOG[Number(bare)] ?? null) : null);
}

const LEVELS: readonly Level[] = ['INFO', 'DEBUG', 'WARN', 'ERROR', 'TRACE', 'FATAL'];

/** The level that starts at a column and does not go on as a longer word, or null. */
export function levelAt(line: string, at: number): Level | null {
  for (const level of LEVELS) {
    if (line.startsWith(level, at)) return /\w/.test(line.charAt(at + level.length)) ? null : level;
  }
  return null;
}
