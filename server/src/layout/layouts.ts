/** The layouts, in the order in which they are tried. */
import { general } from './general.js';
import { ide, ide1, logbackDay } from './ide.js';
import { jsonLayouts } from './json.js';
import { jul } from './jul.js';
import { log4j, log4j1, log4jJob, log4jThread } from './log4j.js';
import { logback, logbackPlain } from './logback.js';
import { operator, operatorLogback, operatorPod } from './operator.js';
import type { Layout } from './record.js';
import { relative } from './relative.js';
import { jobId, nameless, untimed } from './untimed.js';

/** All layouts; of two that read the same line the earlier one wins. */
export const layouts: readonly Layout[] = [
  log4j,
  log4j1,
  log4jJob,
  log4jThread,
  logback,
  logbackPlain,
  ide,
  ide1,
  logbackDay,
  nameless,
  operatorPod,
  operator,
  operatorLogback,
  relative,
  ...jsonLayouts,
  untimed,
  jobId,
  jul,
  general,
];
