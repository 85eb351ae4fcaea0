/**
 * The language server, whatever it runs on: its capabilities, its documents and what it pushes to the client. The
 * answers to requests are wired in session/requests.ts.
 */
import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  MessageType,
  ShowMessageNotification,
  TextDocuments,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type ServerCapabilities,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver';
import { least } from './checkpoint/extremes.js';
import { diagnostics } from './feature/diagnostics.js';
import { legend } from './feature/tokenLegend.js';
import { isSlice } from './feature/sliceUri.js';
import { viewOf } from './feature/view.js';
import { customLayouts } from './layout/custom.js';
import type { InitializationOptions } from './protocol.js';
import { notifications } from './requestTypes.js';
import { createKeeping } from './session/keeping.js';
import { createLogDocument, type LogDocument } from './session/logDocument.js';
import { createLogSets } from './session/logSets.js';
import type { AnalysedSet } from './session/openSet.js';
import { defaultPollMs, startPolling } from './session/polling.js';
import { answerRequests } from './session/requests.js';
import { createSlices } from './session/slices.js';
import { warmUp } from './session/warmUp.js';
import { createWatching } from './session/watching.js';
import { changedSettings, effects, readSettings, settingsSection } from './settings.js';
import type { Files } from './source/files.js';
import type { Store } from './source/store.js';

const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  codeLensProvider: { resolveProvider: true },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  workspaceSymbolProvider: true,
  inlayHintProvider: true,
  semanticTokensProvider: { legend, full: true, range: true },
};

/** What the server runs on. */
export interface Host {
  /** Reads what lies beside the open documents. */
  readonly files: Files;
  /** Keeps bytes below the folder of this URI; null where it cannot. */
  readonly storeIn: (folderUri: string) => Store | null;
  /** Changes whenever the server's code does. */
  readonly program: () => Promise<string>;
}

/** Serves the connection until it closes. */
export function startServer(connection: Connection, { files, storeIn, program }: Host): void {
  const firstChanges = new Map<string, number>();
  const documents = new TextDocuments({
    create: (uri, _languageId, version, text) => createLogDocument(uri, version, text),
    update: (document, changes, version) => {
      firstChanges.set(document.uri, firstChange(document, changes));
      document.update(changes, version);
      return document;
    },
  });
  let client: ClientCapabilities = {};
  let options: InitializationOptions = {};
  let settings = readSettings(undefined);
  let custom = customLayouts([]);
  const warned = new Set<string>();
  const keeping = createKeeping(program);
  let stopPolling = (): void => undefined;

  const report = (error: unknown): void => {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };

  const publish = ({ analysis, open }: AnalysedSet): void => {
    for (const uri of open) {
      const view = settings.diagnostics ? viewOf(analysis, uri) : null;
      const found = view === null ? [] : diagnostics(view, (path) => open.includes(path));
      void connection.sendDiagnostics({ uri, diagnostics: found });
    }
  };

  const warn = (text: string): void => {
    if (warned.has(text)) return;
    warned.add(text);
    connection.console.warn(text);
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: text });
  };

  const refreshLenses = (): void => {
    if (client.workspace?.codeLens?.refreshSupport === true)
      connection.sendRequest(CodeLensRefreshRequest.type).catch(report);
  };

  const logSets = createLogSets({
    files,
    settings: () => settings,
    layouts: () => custom.layouts,
    keeping,
    onAnalysed: (set, again) => {
      try {
        publish(set);
      } catch (error) {
        report(error);
      }
      void connection.sendNotification(notifications.analysisChanged, {
        uris: [...set.open, ...slices.from(set), ...(set.uri === null ? [] : [set.uri])],
      });
      watching.watch(logSets.roots());
      if (again) refreshLenses();
    },
    onError: report,
  });
  const slices = createSlices({
    files,
    logSets,
    layouts: () => custom.layouts,
    document: (uri) => documents.get(uri),
  });
  const watching = createWatching(
    connection,
    () =>
      client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true &&
      client.workspace.didChangeWatchedFiles.relativePatternSupport === true,
  );

  const readConfiguration = async (): Promise<void> => {
    if (client.workspace?.configuration !== true) return;
    const section: unknown = await connection.workspace.getConfiguration(settingsSection);
    const next = readSettings(section);
    const changed = changedSettings(settings, next);
    if (changed.length === 0) return;
    settings = next;
    if (changed.includes('layouts')) {
      custom = customLayouts(settings.layouts);
      custom.errors.forEach(warn);
    }
    const asked = new Set(changed.map((name) => effects[name]));
    if (asked.has('read')) logSets.reset();
    else if (asked.has('told')) logSets.tellAgain();
    watching.watch(logSets.roots());
    refreshLenses();
  };
  const configure = (): void => {
    readConfiguration()
      .catch(report)
      .then(() => keeping.choose(settings.cache))
      .catch(report);
  };

  connection.onInitialize((params) => {
    client = params.capabilities;
    options = readOptions(params.initializationOptions);
    keeping.start(options.storageUri === undefined ? null : storeIn(options.storageUri));
    return { serverInfo: { name: 'flink-log-lens' }, capabilities };
  });
  connection.onInitialized(() => {
    stopPolling = startPolling(options.pollMs ?? defaultPollMs, logSets.lookAtDisk, report);
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration === true)
      connection.client.register(DidChangeConfigurationNotification.type, { section: settingsSection }).catch(report);
    configure();
    warmUp().catch(report);
  });
  connection.onShutdown(() => {
    stopPolling();
  });
  connection.onDidChangeConfiguration(() => {
    configure();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    logSets.filesChanged(changes.map(({ uri }) => uri));
  });

  let shown: readonly string[] = [];
  connection.onNotification(notifications.shownLogs, ({ uris }) => {
    const before = shown;
    shown = uris;
    for (const uri of uris) if (!before.includes(uri)) logSets.keep(uri, { log: uri, roots: [] });
    for (const uri of before)
      if (!uris.includes(uri)) {
        logSets.letGo(uri);
        void connection.sendDiagnostics({ uri, diagnostics: [] });
      }
    watching.watch(logSets.roots());
  });

  // `onDidChangeContent` also fires when a document is opened.
  documents.onDidChangeContent(({ document }) => {
    if (isSlice(document.uri)) return;
    logSets.update(document, firstChanges.get(document.uri) ?? 0);
    watching.watch(logSets.roots());
  });
  documents.onDidClose(({ document: { uri } }) => {
    firstChanges.delete(uri);
    if (isSlice(uri)) slices.close(uri);
    else logSets.close(uri);
    watching.watch(logSets.roots());
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  answerRequests({
    connection,
    documents,
    logSets,
    slices,
    files,
    settings: () => settings,
    layouts: () => custom.layouts,
    canShowRelated: () => options.showRelated === true,
    report,
  });
  documents.listen(connection);
  connection.listen();
}

/** Offset in the text before which nothing of it changes. */
function firstChange(document: LogDocument, changes: readonly TextDocumentContentChangeEvent[]): number {
  // Positions of a later change are those of the text after the earlier ones, which an offset before all of them does
  // not see.
  return least(changes.map((change) => ('range' in change ? document.offsetAt(change.range.start) : 0)));
}

function readOptions(options: unknown): InitializationOptions {
  const known: InitializationOptions = typeof options === 'object' && options !== null ? options : {};
  return {
    showRelated: known.showRelated === true,
    ...(typeof known.pollMs === 'number' && known.pollMs > 0 ? { pollMs: known.pollMs } : {}),
    ...(typeof known.storageUri === 'string' ? { storageUri: known.storageUri } : {}),
  };
}
