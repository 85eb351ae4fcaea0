/**
 * The language server as the client sees it: started with the first Flink log, asked by everything that needs the
 * model.
 */
import * as vscode from 'vscode';
import {
  LanguageClient,
  TransportKind,
  WorkDoneProgress,
  type NotificationType,
  type RequestParam,
  type RequestType,
} from 'vscode-languageclient/node';
import {
  analysisChangedNotification,
  analyzeRequest,
  languageId,
  packedScheme,
  sliceScheme,
  type AnalysisChangedParams,
  type AnalyzeAnswer,
  type AnalyzeParams,
  type InitializationOptions,
} from '../../server/src/protocol.js';
import { settingsSection } from '../../server/src/settings.js';

/** Schemes of the documents that may join a log set; `git:` and `output:` documents are views of something else. */
export const schemes = ['file', 'untitled', 'vscode-vfs', packedScheme, sliceScheme] as const;

/** The language server. */
export interface Server {
  /** Starts it unless it runs. */
  start(): void;
  /** Asks it; undefined where it does not run, was asked to stop, or failed, which the output channel then tells. */
  ask<P, R>(request: RequestType<P, R, never>, params: NoInfer<RequestParam<P>>): Promise<R | undefined>;
  /** Tells it something; nothing happens where it does not run. */
  tell<P>(notification: NotificationType<P>, params: NoInfer<RequestParam<P>>): void;
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
  /** Stops it. */
  dispose(): Promise<void>;
}

/** The server that is bundled with the extension. */
export function bundledServer(
  { extensionUri, globalStorageUri }: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri'>,
  output: vscode.LogOutputChannel,
): Server {
  const analysed = new vscode.EventEmitter<AnalysisChangedParams>();
  const initializationOptions: InitializationOptions = {
    showRelated: true,
    storageUri: globalStorageUri.toString(),
  };
  const client = new LanguageClient(
    settingsSection,
    'Flink Log Lens',
    { module: vscode.Uri.joinPath(extensionUri, 'dist', 'server.cjs').fsPath, transport: TransportKind.ipc },
    {
      documentSelector: schemes.map((scheme) => ({ scheme, language: languageId })),
      diagnosticCollectionName: languageId,
      outputChannel: output,
      initializationOptions,
    },
  );
  client.onNotification(analysisChangedNotification, (params) => {
    analysed.fire(params);
  });
  let started: Promise<void> | undefined;
  let workDone = 0;

  return {
    onDidAnalyse: analysed.event,
    start() {
      started ??= client.start();
    },
    async ask(request, params) {
      if (started === undefined) return undefined;
      try {
        await started;
        return await client.sendRequest(request, params);
      } catch (error) {
        output.error(`${request.method} failed`, error);
        return undefined;
      }
    },
    tell(notification, params) {
      started
        ?.then(() => client.sendNotification(notification, params))
        .catch((error: unknown) => {
          output.error(`${notification.method} failed`, error);
        });
    },
    async analyze(params, onProgress, token) {
      started ??= client.start();
      workDone += 1;
      const workDoneToken = `${settingsSection}.analyze.${workDone}`;
      let progress: vscode.Disposable | undefined;
      try {
        await started;
        progress = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
          if (value.kind === 'report') onProgress(value.message ?? '', value.percentage ?? 0);
        });
        return (await client.sendRequest(analyzeRequest, { ...params, workDoneToken }, token)) ?? undefined;
      } catch (error) {
        if (!token.isCancellationRequested) output.error(`${analyzeRequest.method} failed`, error);
        return undefined;
      } finally {
        progress?.dispose();
      }
    },
    async dispose() {
      analysed.dispose();
      if (started !== undefined) await client.dispose();
    },
  };
}
