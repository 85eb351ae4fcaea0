/** Answers the requests of the view of checkpoints and of the commands: its nodes, summaries, and what comes next. */
import type { Checkpoint } from '../checkpoint/model.js';
import { neighbourEvent, neighbourFailure } from '../feature/neighbour.js';
import { locationIn } from '../feature/sliced.js';
import { logOf } from '../feature/sliceUri.js';
import { subjectAt } from '../feature/subject.js';
import { checkpointOfNode, tree, treeMessage } from '../feature/tree.js';
import type { View } from '../feature/view.js';
import type { CheckpointSummaryParams } from '../protocol.js';
import { requests } from '../requestTypes.js';
import { checkpointSummary, editorGap, plain } from '../text/summary.js';
import { guarded } from './guarded.js';
import { setName } from './logSetRequests.js';
import type { Lookup } from './lookup.js';
import type { Session } from './session.js';

/** Registers the handlers. */
export function answerViewRequests({ connection, logSets, slices, report }: Session, lookup: Lookup): void {
  const { viewAt, spotAt } = lookup;
  connection.onRequest(
    requests.tree,
    guarded(report, { nodes: [], message: null, set: null }, async ({ uri, parent, failuresOnly }) => {
      const set = await logSets.of(logOf(uri));
      if (set === null) return { nodes: [], message: null, set: null };
      return {
        nodes: tree(set, parent, failuresOnly),
        message: treeMessage(set, set.leftOut),
        set: { name: setName(set), asked: set.uri !== null, others: logSets.count() - 1 },
      };
    }),
  );
  connection.onRequest(
    requests.checkpointSummary,
    guarded(report, null, async (params) => {
      const view = await viewAt(params.uri, 0);
      const checkpoint = view === null ? null : await checkpointAt(lookup, view, params);
      if (view === null || checkpoint === null) return null;
      const { logSet } = view.analysis;
      const gap = 'node' in params && params.isTooltip ? editorGap : '';
      return checkpointSummary(logSet, checkpoint, { ...plain(logSet), gap });
    }),
  );
  connection.onRequest(
    requests.neighbour,
    guarded(report, null, async ({ uri, position, direction, of }) => {
      const at = await spotAt(uri, position);
      if (at === null) return null;
      const neighbour = of === 'event' ? neighbourEvent : neighbourFailure;
      const found = neighbour(at.view, at.position, direction);
      const slice = await slices.of(uri);
      return found === null || slice === null ? found : locationIn(slice, uri, found);
    }),
  );
}

async function checkpointAt(
  { spotAt, lineAt }: Lookup,
  view: View,
  params: CheckpointSummaryParams,
): Promise<Checkpoint | null> {
  if ('node' in params) return checkpointOfNode(view, params.node);
  const at = await spotAt(params.uri, params.position);
  const found = at === null ? null : subjectAt(at.view, at.position, lineAt(params.uri, params.position.line));
  return found?.subject.kind === 'checkpoint' ? found.subject.checkpoint : null;
}
