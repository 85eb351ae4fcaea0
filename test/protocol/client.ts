/** A language client in a few lines: talks to the built server over stdio, as an editor does. */
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CodeLensRefreshRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  FileChangeType,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  UnregistrationRequest,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type Range,
  type Registration,
} from 'vscode-languageserver-protocol/node';
import { logsOf } from '../clusters.js';
import { engineOptions } from '../../server/src/engine.js';
import type { InitializationOptions } from '../../server/src/protocol.js';
import { notifications } from '../../server/src/requestTypes.js';

/** What the editor of the tests can do. */
const capabilities: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    codeLens: { refreshSupport: true },
  },
};

/** A document that the client has open. */
export interface OpenDocument {
  readonly uri: string;
  readonly lines: readonly string[];
  /** The position in the middle of `word` in the first line that holds `text`. */
  readonly at: (text: string, word: string) => Position;
  readonly line: (text: string) => number;
}

/** A running server and what it sent. */
export interface Client {
  /** Of the server's process. */
  readonly pid: number;
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** The latest diagnostics by URI. */
  readonly diagnostics: Map<string, readonly Diagnostic[]>;
  /** What the server asked to be told of. */
  readonly registrations: Registration[];
  /** How often the server asked for lenses to be drawn again. */
  readonly refreshes: () => number;
  readonly open: (uri: string, text: string) => OpenDocument;
  readonly change: (uri: string, version: number, text: string, range?: Range) => Promise<void>;
  readonly close: (uri: string) => Promise<void>;
  readonly fileChanged: (uri: string) => Promise<void>;
  /** Waits until the set of `uri` was analysed `times` times since the start. */
  readonly analysed: (uri: string, times?: number) => Promise<void>;
  /** Messages that were shown to the user. */
  readonly warnings: readonly string[];
  /** The section `flinkLogLens` changes. */
  readonly configure: (settings: unknown) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts the built server. `settings` is the section `flinkLogLens`. */
export async function startClient(
  options: {
    readonly settings?: unknown;
    readonly showRelated?: boolean;
    /** How often the server looks at the disk itself, ms; without, a test is over before it does. */
    readonly pollMs?: number;
    /** Where the server may keep what it read. */
    readonly storageUri?: string;
    readonly capabilities?: ClientCapabilities;
  } = {},
): Promise<Client> {
  const child = spawn(process.execPath, [...engineOptions, 'dist/server.cjs', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const diagnostics = new Map<string, readonly Diagnostic[]>();
  const registrations: Registration[] = [];
  const analyses = new Map<string, number>();
  const waiting = new Set<() => void>();
  let refreshes = 0;
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    diagnostics.set(params.uri, params.diagnostics);
  });
  connection.onNotification(notifications.analysisChanged, ({ uris }) => {
    for (const uri of uris) analyses.set(uri, (analyses.get(uri) ?? 0) + 1);
    for (const look of waiting) look();
  });
  let settings = options.settings ?? {};
  connection.onRequest(ConfigurationRequest.type, () => [settings]);
  const warnings: string[] = [];
  connection.onNotification(ShowMessageNotification.type, ({ message }) => {
    warnings.push(message);
  });
  connection.onRequest(CodeLensRefreshRequest.type, () => {
    refreshes += 1;
  });
  connection.onRequest(RegistrationRequest.type, (params) => {
    registrations.push(...params.registrations);
  });
  connection.onRequest(UnregistrationRequest.type, (params) => {
    for (const { id } of params.unregisterations) {
      const at = registrations.findIndex((one) => one.id === id);
      if (at >= 0) registrations.splice(at, 1);
    }
  });
  connection.listen();
  const initializationOptions: InitializationOptions = {
    showRelated: options.showRelated ?? true,
    pollMs: options.pollMs ?? 3_600_000,
    ...(options.storageUri === undefined ? {} : { storageUri: options.storageUri }),
  };
  const gone = new Promise<never>((_, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`the server exited with ${code ?? 'a signal'}`));
    });
  });
  gone.catch(() => undefined);
  const initialize = connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: options.capabilities ?? capabilities,
    initializationOptions,
  });
  const initialized = await Promise.race([initialize, gone]);
  await connection.sendNotification(InitializedNotification.type, {});

  return {
    pid: child.pid ?? 0,
    connection,
    initialized,
    diagnostics,
    registrations,
    refreshes: () => refreshes,
    open: (uri, text) => {
      const textDocument = { uri, languageId: 'flink-log', version: 1, text };
      void connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
      return documentOf(uri, text);
    },
    change: (uri, version, text, range) =>
      connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [range === undefined ? { text } : { text, range }],
      }),
    close: (uri) => connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    fileChanged: (uri) =>
      connection.sendNotification(DidChangeWatchedFilesNotification.type, {
        changes: [{ uri, type: FileChangeType.Changed }],
      }),
    analysed: (uri, times = 1) =>
      new Promise((done) => {
        const look = (): void => {
          if ((analyses.get(uri) ?? 0) < times) return;
          waiting.delete(look);
          done();
        };
        waiting.add(look);
        look();
      }),
    warnings,
    configure: (next) => {
      settings = next ?? {};
      return connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    },
    stop: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      connection.dispose();
      child.kill();
    },
  };
}

function documentOf(uri: string, text: string): OpenDocument {
  const lines = text.split(/\r?\n/);
  const line = (needle: string): number => {
    const found = lines.findIndex((one) => one.includes(needle));
    if (found < 0) throw new Error(`no line with ${needle}`);
    return found;
  };
  return {
    uri,
    lines,
    line,
    at: (needle, word) => {
      const found = line(needle);
      return { line: found, character: (lines[found] ?? '').indexOf(word) + Math.floor(word.length / 2) };
    },
  };
}

/** URI and text of the sample log whose name holds `part`. */
export function sample(part: string): { readonly uri: string; readonly text: string } {
  const name = logsOf('samples').find((log) => log.name.includes(part))?.name ?? '';
  const path = resolve('samples', name);
  return { uri: pathToFileURL(path).href, text: readFileSync(path, 'utf8') };
}

/** A folder of the test's own with these files, and how to get rid of it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): {
  /** Of a file; without a name, of the folder itself. */
  readonly uri: (name?: string) => string;
  readonly write: (name: string, text: string | Uint8Array) => void;
  readonly append: (name: string, text: string) => void;
  /** Moves a file over another, as rolling does. */
  readonly move: (from: string, to: string) => void;
  readonly unlink: (name: string) => void;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
  const write = (name: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    uri: (name = '') => pathToFileURL(join(folder, name)).href,
    write,
    append: (name, text) => {
      appendFileSync(join(folder, name), text);
    },
    move: (from, to) => {
      renameSync(join(folder, from), join(folder, to));
    },
    unlink: (name) => {
      rmSync(join(folder, name));
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
