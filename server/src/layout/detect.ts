/** Which layout a text has, and whether Flink wrote it. */
import { hasCheckpointText } from './flinkText.js';
import { createHeadReader } from './head.js';
import { shapeOf } from './continuation.js';
import type { Layout } from './record.js';

/** The layout of a text. */
export interface Detection {
  /** Id of the layout that most heads have; null where there are none. */
  readonly layout: string | null;
  /** 0 to 1: the share of lines that are heads of this layout or plainly belong to one. */
  readonly confidence: number;
}

/** Detects the layout by the first lines of a text; some hundred are enough. */
export function detect(lines: readonly string[], custom: readonly Layout[] = []): Detection {
  const heads = createHeadReader(custom);
  const counts = new Map<string, number>();
  let belonging = 0;
  let counted = 0;
  for (const line of lines) {
    const { found, opened } = heads.read(line);
    const shape = found === null ? shapeOf(opened.text) : null;
    if (shape === 'blank') continue;
    counted++;
    if (found !== null) counts.set(found.layout, (counts.get(found.layout) ?? 0) + 1);
    else if (shape === 'stack' && counts.size > 0) belonging++;
  }
  const [layout, count] = [...counts].reduce<readonly [string | null, number]>(
    (most, entry) => (entry[1] > most[1] ? entry : most),
    [null, 0],
  );
  return { layout, confidence: layout === null ? 0 : (count + belonging) / counted };
}

/** Flink's own loggers, abbreviated (`o.a.f.`, `o.a.flink.`) or cut from the left (`e.flink.runtime.`) or not. */
const flinkLogger =
  /^(?:org\.apache\.flink|o\.a\.flink|o\.a\.f)\.|^\w{0,8}\.?flink\.(?:runtime|streaming|contrib|api|state|core|kubernetes|yarn|client|configuration)\./;
/** Flink's classes without their package or with its last part, as `%c{1}` and `%c{2}` print them. */
const flinkClass =
  /^(?:taskexecutor\.\w+|taskmanager\.Task|entrypoint\.\w+|executiongraph\.\w+|(?:checkpoint\.)?CheckpointCoordinator|TaskManagerRunner|ClusterEntrypoint|SubtaskCheckpointCoordinatorImpl|AsyncCheckpointRunnable|SingleCheckpointBarrierHandler)$/;

/**
 * Whether Flink wrote these lines: a record of a Flink logger, or one unmistakable message about a checkpoint, which
 * also makes an article with pasted lines count. Logs of other programs that merely name Flink do not.
 */
export function looksLikeFlink(lines: readonly string[], custom: readonly Layout[] = []): boolean {
  const heads = createHeadReader(custom);
  return lines.some((line) => {
    const logger = heads.read(line).found?.head.logger ?? null;
    return hasCheckpointText(line) || (logger !== null && (flinkLogger.test(logger) || flinkClass.test(logger)));
  });
}
