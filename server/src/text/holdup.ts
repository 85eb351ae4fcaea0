/** What a subtask that held a checkpoint was doing, in words. */
import type { Doing } from '../checkpoint/holdup.js';

/**
 * `was still in its synchronous part`. `behind` is the earlier checkpoint, in words, whose part kept it; `several` when the
 * sentence is about more than one subtask.
 */
export function holdupText(doing: Doing, behind: string | null, several: boolean): string {
  const [were, their] = several ? ['were', 'their'] : ['was', 'its'];
  switch (doing) {
    case 'sync':
      return `${were} still in ${their} synchronous part${behind === null ? '' : ` of ${behind}`}`;
    case 'async':
      return `${were} still in ${their} asynchronous part`;
    case 'acknowledging':
      return `had done ${their} part, but the acknowledgement had not arrived`;
    case 'not-started':
      return `had not started ${their} part`;
    case 'late-start':
      return behind === null
        ? `had started ${their} part late, after more than half of the time`
        : `had started ${their} part late, after ${their} synchronous part of ${behind}`;
  }
}
