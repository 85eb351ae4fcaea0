/** The connection to the language server. It takes long to load, and so comes with the first Flink log only. */
import * as vscode from 'vscode';
import { CancellationToken, LanguageClient, State, TransportKind, WorkDoneProgress } from 'vscode-languageclient/node';
import { engineOptions } from '../../server/src/engine.js';
import {
  languageId,
  type AnalysisChangedParams,
  type InitializationOptions,
  type ShownLogsParams,
} from '../../server/src/protocol.js';
import {
  notifications,
  requests,
  type AnswerOf,
  type ParamsOf,
  type RequestName,
} from '../../server/src/requestTypes.js';
import { settingsSection } from '../../server/src/settings.js';
import { schemes } from './schemes.js';

/** A language server that runs. What it fails to answer rejects. */
export interface Connection {
  ask<Name extends RequestName>(
    name: Name,
    params: ParamsOf<Name>,
    token?: vscode.CancellationToken,
  ): Promise<AnswerOf<Name>>;
  tellShownLogs(params: ShownLogsParams): Promise<void>;
  /** Hears of the progress of work that goes by this token. */
  onProgress(token: string, listener: (message: string, percentage: number) => void): vscode.Disposable;
  /** Stops the server. */
  dispose(): Promise<void>;
}

/** Who hears of what the server does. */
export interface Listeners {
  /** It has looked at a log set again. */
  readonly analysed: (params: AnalysisChangedParams) => void;
  /** It was started again after it had died: it knows of open documents, and of nothing else that it was told. */
  readonly restarted: () => void;
}

/** Starts the server that is bundled with the extension. Rejects where it does not start. */
export async function connect(
  { extensionUri, globalStorageUri }: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri'>,
  output: vscode.LogOutputChannel,
  { analysed, restarted }: Listeners,
): Promise<Connection> {
  const initializationOptions: InitializationOptions = {
    showRelated: true,
    storageUri: globalStorageUri.toString(),
  };
  const client = new LanguageClient(
    settingsSection,
    'Flink Log Lens',
    {
      module: vscode.Uri.joinPath(extensionUri, 'dist', 'server.cjs').fsPath,
      transport: TransportKind.ipc,
      options: { execArgv: [...engineOptions] },
    },
    {
      documentSelector: schemes.map((scheme) => ({ scheme, language: languageId })),
      diagnosticCollectionName: languageId,
      outputChannel: output,
      initializationOptions,
    },
  );
  client.onNotification(notifications.analysisChanged, analysed);
  await client.start();
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) restarted();
  });
  return {
    // Without a token the parameters would be sent by position.
    ask: <Name extends RequestName>(name: Name, params: ParamsOf<Name>, token = CancellationToken.None) =>
      client.sendRequest<AnswerOf<Name>>(requests[name].method, params, token),
    tellShownLogs: (params) => client.sendNotification(notifications.shownLogs, params),
    onProgress: (token, listener) =>
      client.onProgress(WorkDoneProgress.type, token, (value) => {
        if (value.kind === 'report') listener(value.message ?? '', value.percentage ?? 0);
      }),
    dispose: () => client.dispose(),
  };
}
