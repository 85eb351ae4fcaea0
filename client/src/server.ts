/**
 * The language server as the client sees it: started with the first Flink log, asked by everything that needs the
 * model.
 */
import * as vscode from 'vscode';
import type {
  AnalysisChangedParams,
  AnalyzeAnswer,
  AnalyzeParams,
  ShownLogsParams,
} from '../../server/src/protocol.js';
import type { AnswerOf, ParamsOf, RequestName } from '../../server/src/requestTypes.js';
import { settingsSection } from '../../server/src/settings.js';
import type { Connection } from './languageClient.js';

/** The language server. */
export interface Server {
  /** Starts it unless it runs. */
  start(): void;
  /** Asks it; undefined where it does not run, was asked to stop, or failed, which the output channel then tells. */
  ask<Name extends RequestName>(name: Name, params: ParamsOf<Name>): Promise<AnswerOf<Name> | undefined>;
  /** Tells it which logs are shown without a document; nothing happens where it does not run. */
  tellShownLogs(params: ShownLogsParams): void;
  /**
   * Asks for a log set, with progress. Undefined where the user cancelled, or where it failed, which the output channel
   * then tells.
   */
  analyze(
    params: Omit<AnalyzeParams, 'workDoneToken'>,
    onProgress: (message: string, percentage: number) => void,
    token: vscode.CancellationToken,
  ): Promise<AnalyzeAnswer | undefined>;
  /** Fires when it has looked at a log set again. */
  readonly onDidAnalyse: vscode.Event<AnalysisChangedParams>;
  /** Fires when it was started again after it had died: it knows of open documents, and of nothing else that it was told. */
  readonly onDidRestart: vscode.Event<void>;
  /** Stops it. */
  dispose(): Promise<void>;
}

/** The server that is bundled with the extension. */
export function bundledServer(
  context: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri'>,
  output: vscode.LogOutputChannel,
): Server {
  const analysed = new vscode.EventEmitter<AnalysisChangedParams>();
  const restarted = new vscode.EventEmitter<void>();
  let connection: Promise<Connection> | undefined;
  let workDone = 0;

  const failed = (what: string, error: unknown): void => {
    output.error(`${what} failed`, error);
  };
  const connected = async (): Promise<Connection> => {
    // A bundle of its own, see the build.
    const { connect } = await import('./languageClient.js');
    return connect(context, output, {
      analysed: (params) => {
        analysed.fire(params);
      },
      restarted: () => {
        restarted.fire();
      },
    });
  };

  return {
    onDidAnalyse: analysed.event,
    onDidRestart: restarted.event,
    start() {
      connection ??= connected();
    },
    async ask(name, params) {
      try {
        return await (await connection)?.ask(name, params);
      } catch (error) {
        failed(name, error);
        return undefined;
      }
    },
    tellShownLogs(params) {
      connection
        ?.then((server) => server.tellShownLogs(params))
        .catch((error: unknown) => {
          failed('shownLogs', error);
        });
    },
    async analyze(params, onProgress, token) {
      connection ??= connected();
      workDone += 1;
      const workDoneToken = `${settingsSection}.analyze.${workDone}`;
      let progress: vscode.Disposable | undefined;
      try {
        const server = await connection;
        progress = server.onProgress(workDoneToken, onProgress);
        return (await server.ask('analyze', { ...params, workDoneToken }, token)) ?? undefined;
      } catch (error) {
        if (!token.isCancellationRequested) failed('analyze', error);
        return undefined;
      } finally {
        progress?.dispose();
      }
    },
    async dispose() {
      analysed.dispose();
      restarted.dispose();
      // One that did not start has told why.
      const server = await connection?.catch(() => undefined);
      await server?.dispose();
    },
  };
}
