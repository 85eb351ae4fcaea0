/** What a subtask that held a checkpoint was doing, in words. */
import type { Holdup } from '../checkpoint/holdup.js';

/** `was still in its synchronous part`; `several` when the sentence is about more than one subtask. */
export function holdupText({ doing, behind }: Holdup, several: boolean): string {
  const [were, their] = several ? ['were', 'their'] : ['was', 'its'];
  switch (doing) {
    case 'sync':
      return `${were} still in ${their} synchronous part${behind === null ? '' : ` of checkpoint ${behind.id}`}`;
    case 'async':
      return `${were} still in ${their} asynchronous part`;
    case 'acknowledging':
      return `had done ${their} part, but the acknowledgement had not arrived`;
    case 'not-started':
      return `had not started ${their} part`;
    case 'late-start':
      return behind === null
        ? `had started ${their} part late, after more than half of the time`
        : `had started ${their} part late, after ${their} synchronous part of checkpoint ${behind.id}`;
  }
}
