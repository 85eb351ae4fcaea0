/** Answers requests about log sets as a whole: making one, and finding something in all of them. */
import type { CancellationToken, Connection, ProgressToken } from 'vscode-languageserver';
import { workspaceSymbols } from '../feature/workspaceSymbol.js';
import { analyzeRequest } from '../protocol.js';
import { guarded } from './guarded.js';
import type { Root } from './logFiles.js';
import type { LogSets } from './logSets.js';
import { Cancelled, type Progress } from './progress.js';
import { nameOf } from './uri.js';

/** Registers the handlers. */
export function answerLogSetRequests(connection: Connection, logSets: LogSets, report: (error: unknown) => void): void {
  connection.onRequest(
    analyzeRequest,
    guarded(report, null, async ({ named, joined, workDoneToken }, token) => {
      const [first, ...rest] = named.map(({ kind, uri }): Root => ({ kind: kind === 'folder' ? 'tree' : 'file', uri }));
      if (first === undefined) return null;
      const { progress, done } = progressTo(connection, workDoneToken, token);
      try {
        const set = await logSets.ask([first, ...rest], joined, progress);
        const uri = set?.uri ?? null;
        return set === null || uri === null ? null : { uri, logs: set.analysis.logSet.sources.length };
      } finally {
        done();
      }
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
