/** Answers requests about log sets as a whole: making one, and finding something in all of them. */
import type { CancellationToken, Connection, ProgressToken } from 'vscode-languageserver';
import { documentOf } from '../checkpoint/within.js';
import { failedCheckpoints } from '../feature/failures.js';
import { logOf } from '../feature/sliceUri.js';
import { workspaceSymbols } from '../feature/workspaceSymbol.js';
import type { LogSetItem } from '../protocol.js';
import { requests } from '../requestTypes.js';
import { fileName } from '../text/name.js';
import { guarded } from './guarded.js';
import type { AnalysedSet } from './openSet.js';
import { Cancelled, type Progress } from './progress.js';
import { namedOf, rootOf } from './root.js';
import type { Session } from './session.js';
import { nameOf } from './uri.js';

/** Registers the handlers. */
export function answerLogSetRequests({ connection, logSets, report }: Session): void {
  connection.onRequest(
    requests.analyze,
    guarded(report, null, async ({ named, joined, workDoneToken }, token) => {
      const [first, ...rest] = named.map(rootOf);
      if (first === undefined) return null;
      const { progress, done } = progressTo(connection, workDoneToken, token);
      try {
        const set = await logSets.ask([first, ...rest], joined === null ? null : logOf(joined), progress);
        if (typeof set?.uri !== 'string') return null;
        return { uri: set.uri, logs: set.analysis.logSet.sources.length, named: set.roots.map(namedOf) };
      } finally {
        done();
      }
    }),
  );
  connection.onRequest(
    requests.logSets,
    guarded(report, [], async ({ shown }) => {
      const current = shown === null ? null : await logSets.of(logOf(shown));
      return (await logSets.all()).flatMap((set) => itemOf(set, set.root === current?.root));
    }),
  );
  connection.onRequest(
    requests.failedCheckpoints,
    guarded(report, [], async ({ uri }) => {
      const set = await logSets.of(logOf(uri));
      return set === null ? [] : failedCheckpoints(set);
    }),
  );
  connection.onWorkspaceSymbol(
    guarded(report, [], async ({ query }) => {
      const sets = await logSets.all();
      return workspaceSymbols(
        sets.map(({ analysis }) => analysis),
        query,
      );
    }),
  );
}

/** What a set is called. */
export function setName({ root }: AnalysedSet): string {
  return fileName(root) || root;
}

/** The set to choose; nothing where no document stands for it. */
function itemOf(set: AnalysedSet, isShown: boolean): LogSetItem[] {
  const { sources } = set.analysis.logSet;
  const uri = set.uri ?? set.open[0] ?? sources.map(documentOf)[0];
  const { root } = set;
  return uri === undefined
    ? []
    : [{ uri, asked: set.uri !== null, name: setName(set), root, logs: sources.length, isShown }];
}

/** Progress is told no more often; ms. */
const tellMs = 100;

function progressTo(
  connection: Connection,
  workDone: ProgressToken | undefined,
  token: CancellationToken,
): { readonly progress: Progress; readonly done: () => void } {
  const reporter = connection.window.attachWorkDoneProgress(workDone);
  reporter.begin('Analyzing logs', 0);
  let told = 0;
  const report = (uri: string, done: number, of: number): void => {
    if (token.isCancellationRequested) throw new Cancelled();
    if (Date.now() - told < tellMs) return;
    told = Date.now();
    reporter.report(Math.floor((100 * done) / of), nameOf(uri));
  };
  return {
    progress: { report },
    done: () => {
      reporter.done();
    },
  };
}
