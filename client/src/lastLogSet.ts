/** The log set that the user asked for last: it is there again when the window is opened anew. */
import * as vscode from 'vscode';
import type { AnalyzeAnswer, Named } from '../../server/src/protocol.js';
import type { ActiveLog } from './activeLog.js';
import { contextKeys, viewId } from './names.js';
import type { Server } from './server.js';

const key = 'logSetAskedForLast';

/** The server, which remembers in `memory` what it is asked to analyze. */
export function remembering(server: Server, memory: vscode.Memento): Server {
  return {
    ...server,
    async analyze(...asked): Promise<AnalyzeAnswer | undefined> {
      const set = await server.analyze(...asked);
      if (set !== undefined) await memory.update(key, set.named);
      return set;
    },
  };
}

/** Brings back the log set of the last session. */
export interface Recall {
  /** Asks for the set in the background, and offers it to the view. Does nothing where there is none. */
  start(): Promise<void>;
  /** Ends that, and forgets the set. */
  stop(): Promise<void>;
}

/** A recall of what `memory` holds, with progress in the view. */
export function recallLogSet(server: Server, log: ActiveLog, memory: vscode.Memento): Recall {
  let cancellation = new vscode.CancellationTokenSource();
  const recall = async (named: readonly Named[]): Promise<void> => {
    const set = await server.analyze({ named, joined: null }, () => undefined, cancellation.token);
    if (set !== undefined && set.logs > 0) log.offer(vscode.Uri.parse(set.uri));
  };
  return {
    async start() {
      const named = memory.get<readonly Named[]>(key, []);
      if (named.length === 0) return;
      await vscode.commands.executeCommand('setContext', contextKeys.isRecalling, true);
      await vscode.window.withProgress({ location: { viewId } }, () => recall(named));
      await vscode.commands.executeCommand('setContext', contextKeys.isRecalling, false);
    },
    async stop() {
      cancellation.cancel();
      cancellation = new vscode.CancellationTokenSource();
      await memory.update(key, undefined);
    },
  };
}
